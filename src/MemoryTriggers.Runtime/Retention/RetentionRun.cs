using MemoryTriggers.Protection;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Retention;

/// <summary>Looks through the store: archives and deletes what has gone, and compresses what is old.</summary>
/// <param name="backend">The store, as memories are read from it.</param>
/// <param name="options">How long what is kept.</param>
/// <param name="archive">The folder for what goes; <see langword="null"/> for none.</param>
/// <param name="protecting">Compresses; <see langword="null"/> when nothing is.</param>
/// <param name="compressAfter">From what age on.</param>
/// <param name="mark">Up to when that is done.</param>
/// <param name="versions">Reads the earlier versions of a memory, which go with it.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Learns what was done.</param>
internal sealed class RetentionRun(
    IMemoryBackend backend, RetentionOptions options, string? archive, ProtectingBackend? protecting, TimeSpan? compressAfter,
    PassMark mark, Func<MemoryEntry, CancellationToken, ValueTask<IReadOnlyList<MemoryEntry>>> versions, TimeProvider time,
    ILogger logger)
{
    private readonly RetentionPeriods _periods = new(options);
    private readonly MemoryArchive? _archive = archive is null ? null : new MemoryArchive(archive);

    /// <summary>Runs one pass.</summary>
    /// <param name="progress">Receives the number of scanned memories.</param>
    /// <param name="cancellationToken">Stops; what is done by then is done.</param>
    /// <exception cref="MemoryBackendException">The store does not answer.</exception>
    /// <exception cref="IOException">The archive cannot be written; nothing that is not in it was deleted.</exception>
    public async Task<(long Expired, long Retired, long Archived, long Compressed)> RunAsync(
        IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var seen = 0L;
        var expired = await RemoveAsync(new MemoryQuery { AllProjects = true, ExpiresBefore = now }, now, Report, cancellationToken)
            .ConfigureAwait(false);
        var retired = _periods.Shortest is { } shortest
            ? await RemoveAsync(new MemoryQuery { AllProjects = true, Until = now - shortest }, now, Report, cancellationToken)
                .ConfigureAwait(false)
            : 0;
        var compressed = 0L;
        if (protecting is not null && compressAfter is { } age)
        {
            var since = mark.Until;
            compressed = await protecting.CompressAsync(since, now - age, cancellationToken).ConfigureAwait(false);
            mark.Reached(now - age, isFromTheBeginning: since is null);
        }

        var archived = _archive is null ? 0 : expired + retired;
        if ((expired, retired, compressed) != (0, 0, 0)) Log.LookedThrough(logger, expired, retired, archived, compressed);
        return (expired, retired, archived, compressed);

        void Report() => progress?.Report(++seen);
    }

    private async Task<long> RemoveAsync(MemoryQuery query, DateTimeOffset now, Action report, CancellationToken cancellationToken)
    {
        var removed = 0L;
        var gone = new List<MemoryEntry>(options.BatchSize);
        await foreach (var entry in backend.ReadAllAsync(query, cancellationToken).ConfigureAwait(false))
        {
            report();
            if (!(_periods.EndOf(entry) <= now)) continue;
            // Its key may come back: an archive would have nothing of it.
            if (_archive is not null && UnreadableValue.Is(entry.Value)) continue;
            gone.Add(entry);
            gone.AddRange(await versions(entry, cancellationToken).ConfigureAwait(false));
            if (gone.Count < options.BatchSize) continue;
            removed += await RemoveAsync(gone, cancellationToken).ConfigureAwait(false);
            gone.Clear();
        }

        return removed + await RemoveAsync(gone, cancellationToken).ConfigureAwait(false);
    }

    private async Task<long> RemoveAsync(List<MemoryEntry> gone, CancellationToken cancellationToken)
    {
        if (gone.Count == 0) return 0;
        _archive?.Add(gone.DistinctBy(static entry => entry.Id));
        var removed = 0L;
        foreach (var entry in gone)
            if (await backend.DeleteAsync(entry.Id, cancellationToken).ConfigureAwait(false)) removed++;
        return removed;
    }
}
