using MemoryTriggers.Files;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Retention;

/// <summary>
/// Looks through the store from time to time. Of several processes over one data folder one does it; when it was done last is the time of
/// the lock file, so that programs that end soon do it, too, and not at each start.
/// </summary>
internal sealed class RetentionLoop(RetentionRun run, string? lockPath, RetentionOptions options, TimeProvider time, ILogger logger)
{
    private const string Name = "retention";
    private static readonly TimeSpan AtStart = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Between = TimeSpan.FromHours(1);
    private DateTimeOffset _lastDone = DateTimeOffset.MinValue;

    /// <summary>Mends the store before the first pass of this process; no process makes what is to be mended.</summary>
    public Func<CancellationToken, ValueTask<long>>? Repair { get; set; }

    /// <summary>Runs until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var quiet = TriggerHub.SuppressCapture();
        try
        {
            for (var wait = AtStart; ; wait = Between)
            {
                await Task.Delay(wait < options.Interval ? wait : options.Interval, time, cancellationToken).ConfigureAwait(false);
                await StepAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The program ends; what is left goes the next time.
        }
    }

    /// <summary>Does it, if it is due.</summary>
    public async Task StepAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!IsDue()) return;
            using var held = lockPath is null
                ? null
                : await new FileLock(Name, lockPath, TimeSpan.Zero).AcquireAsync(cancellationToken).ConfigureAwait(false);
            if (Repair is { } repair) await repair(cancellationToken).ConfigureAwait(false);
            Repair = null;
            await run.RunAsync(progress: null, cancellationToken).ConfigureAwait(false);
            _lastDone = time.GetUtcNow();
        }
        catch (Exception exception) when (exception is MemoryBackendException or IOException or UnauthorizedAccessException)
        {
            // Another process does it, or the store or the archive is unavailable: the next time will do.
            Log.NotLookedThrough(logger, exception.Message);
            return;
        }

        // Not while it is held: on some systems it cannot be accessed then.
        if (lockPath is not null) File.SetLastWriteTimeUtc(lockPath, _lastDone.UtcDateTime);
    }

    private bool IsDue()
    {
        var last = lockPath is not null && File.Exists(lockPath) ? new DateTimeOffset(File.GetLastWriteTimeUtc(lockPath)) : _lastDone;
        var now = time.GetUtcNow();
        // A time that is to come is of a clock that was wrong.
        if (last > now) return true;
        // Without a time there was none to miss.
        if (options.Schedule is { } schedule && last != DateTimeOffset.MinValue) return schedule.HasTimeBetween(last, now);
        return now - last >= options.Interval;
    }
}
