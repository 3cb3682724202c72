using System.Collections;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Errors;

/// <summary>
/// Tells a failing program what is known about its error in its project, for whatever user it failed. Waits no longer than its budget, and
/// never throws. Thread-safe.
/// </summary>
internal sealed class ErrorRecall(ErrorIndex index, ILogger logger, ErrorLookup? lookup = null, string? configured = null)
{
    private long _recalled;
    private long _faults;

    public (long Recalled, long Abandoned, long Faults) Statistics =>
        (Interlocked.Read(ref _recalled), lookup?.Abandoned ?? 0, Interlocked.Read(ref _faults));

    public RecalledError? Recall(Exception exception, string? project)
    {
        try
        {
            var fingerprint = ErrorFingerprint.Of(exception);
            project ??= configured ?? MemoryEntry.UnknownProject;
            var data = DataOf(exception);
            // On its way out an exception passes several triggers.
            if (data?[RecalledError.DataKey] is not null) return index.Find(project, fingerprint);
            if ((index.Find(project, fingerprint) ?? lookup?.Find(project, fingerprint)) is not { } known) return null;

            if (data is not null) data[RecalledError.DataKey] = known.ToString();
            Interlocked.Increment(ref _recalled);
            Log.Recalled(logger, known.Fingerprint.Value, known.Occurrences, known.LastSeen, known switch
            {
                { Resolutions: [var latest, ..] } => latest.Line,
                { Coincidences: [var latest, ..] } => $"no resolution is known; coincident: {latest.Line}",
                _ => "no resolution is known",
            });
            return known;
        }
        catch (Exception)
        {
            // Capture entry point: Data and Message may run user code, and the lookup calls a store. The failure is counted.
            Interlocked.Increment(ref _faults);
            return null;
        }
    }

    // A scope is notified even when the exception cannot hold it.
    private IDictionary? DataOf(Exception exception)
    {
        try
        {
            return exception.Data is { IsReadOnly: false } data ? data : null;
        }
        catch (Exception)
        {
            // User code, as above.
            Interlocked.Increment(ref _faults);
            return null;
        }
    }
}
