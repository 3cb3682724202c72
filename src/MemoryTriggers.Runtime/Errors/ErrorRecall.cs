using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Errors;

/// <summary>Tells a failing program what is known about its error. Never waits, and never throws. Thread-safe.</summary>
internal sealed class ErrorRecall(ErrorIndex index, ILogger logger)
{
    private long _faults;

    /// <summary>How often it failed itself.</summary>
    public long Faults => Interlocked.Read(ref _faults);

    public RecalledError? Recall(Exception exception)
    {
        try
        {
            // On its way out an exception passes several triggers.
            if (exception.Data[RecalledError.DataKey] is not null) return index.Find(ErrorFingerprint.Of(exception));
            if (index.Find(ErrorFingerprint.Of(exception)) is not { } known) return null;

            exception.Data[RecalledError.DataKey] = known.ToString();
            Log.Recalled(logger, known.Fingerprint.Value, known.Occurrences, known.LastSeen, known.Resolutions is [var latest, ..] ? latest.Line : "no resolution is known");
            return known;
        }
        catch (Exception)
        {
            // Capture entry point: user code stands behind Data and Message. It is counted.
            Interlocked.Increment(ref _faults);
            return null;
        }
    }
}
