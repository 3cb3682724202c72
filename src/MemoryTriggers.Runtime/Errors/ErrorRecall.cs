using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Errors;

/// <summary>Tells a failing program what is known about its error. Waits no longer than its budget, and never throws. Thread-safe.</summary>
internal sealed class ErrorRecall(ErrorIndex index, ILogger logger, ErrorLookup? lookup = null)
{
    private long _recalled;
    private long _faults;

    public AutoRecallStatistics Statistics => new(Interlocked.Read(ref _recalled), lookup?.Abandoned ?? 0, Interlocked.Read(ref _faults));

    public RecalledError? Recall(Exception exception)
    {
        try
        {
            // On its way out an exception passes several triggers.
            if (exception.Data[RecalledError.DataKey] is not null) return index.Find(ErrorFingerprint.Of(exception));
            var fingerprint = ErrorFingerprint.Of(exception);
            if ((index.Find(fingerprint) ?? lookup?.Find(fingerprint)) is not { } known) return null;

            exception.Data[RecalledError.DataKey] = known.ToString();
            Interlocked.Increment(ref _recalled);
            Log.Recalled(logger, known.Fingerprint.Value, known.Occurrences, known.LastSeen, known.Resolutions is [var latest, ..] ? latest.Line : "no resolution is known");
            return known;
        }
        catch (Exception)
        {
            // Capture entry point: user code stands behind Data and Message, and a store behind the lookup. It is counted.
            Interlocked.Increment(ref _faults);
            return null;
        }
    }
}
