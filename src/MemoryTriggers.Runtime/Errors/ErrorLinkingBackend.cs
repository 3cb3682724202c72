using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Errors;

/// <summary>
/// Marks memories of errors with their fingerprint, and successes with the errors that they resolve or coincide with. Tells the index of
/// both. A stored success gets or loses a link when a memory of an earlier time arrives later. Thread-safe.
/// </summary>
internal sealed class ErrorLinkingBackend(IMemoryBackend inner, ErrorIndex index, TimeProvider time, ILogger logger, int most = 10_000)
    : DelegatingMemoryBackend(inner)
{
    private readonly ResolutionLinks _links = new(most);
    private ErrorHistory? _history;

    private ErrorHistory History => LazyInitializer.EnsureInitialized(ref _history,
        () => new ErrorHistory(Inner, index, _links, time, logger));

    public override async ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken)
    {
        var changed = new HashSet<Guid>(await History.ReadAsync(cancellationToken).ConfigureAwait(false));
        var learned = _links.Learn(batch, isStored: false);
        changed.UnionWith(await History.ReadLateAsync(learned, cancellationToken).ConfigureAwait(false));
        var linked = batch.Select(entry => _links.Linked(Marked(entry))).ToList();
        await Inner.StoreAsync(linked, cancellationToken).ConfigureAwait(false);
        foreach (var entry in linked) Note(entry);

        // A batch beside this one may have had the failure.
        _links.Learn(linked, isStored: false);
        changed.ExceptWith(linked.Select(static entry => entry.Id));
        changed.UnionWith(linked.Where(entry => !ReferenceEquals(_links.Linked(entry), entry)).Select(static entry => entry.Id));
        foreach (var id in changed) await AmendAsync(id, cancellationToken).ConfigureAwait(false);
    }

    public override async ValueTask ChangeAsync(Guid id, Func<MemoryEntry?, IReadOnlyList<MemoryEntry>> change,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<MemoryEntry> changed = [];
        await Inner.ChangeAsync(id, current => changed = change(current), cancellationToken).ConfigureAwait(false);
        foreach (var entry in changed.Where(static entry => entry.SupersededBy is null)) Note(entry);
    }

    public override async ValueTask DisposeAsync()
    {
        await Inner.DisposeAsync().ConfigureAwait(false);
        _history?.Dispose();
    }

    private static MemoryEntry Marked(MemoryEntry entry)
    {
        if (entry.SupersededBy is not null || entry.TriggerType is null || !entry.Outcome.IsError()
            || MemoryErrorReader.FingerprintOf(entry) is not { } fingerprint || entry.Tags.Contains(fingerprint.ErrorTag)) return entry;
        return entry with { Tags = [.. entry.Tags, fingerprint.ErrorTag] };
    }

    private void Note(MemoryEntry entry)
    {
        index.Linked(entry);
        if (entry.Outcome.IsError() && MemoryErrorReader.ErrorOf(entry) is { } error) index.Seen(error, entry);
    }

    private async ValueTask AmendAsync(Guid id, CancellationToken cancellationToken)
    {
        MemoryEntry? before = null, after = null;
        try
        {
            await Inner.ChangeAsync(id, Amended, cancellationToken).ConfigureAwait(false);
        }
        catch (MemoryBackendException exception)
        {
            // The batch is stored. The next process reads both memories, and links them.
            Log.NotAmended(logger, exception.Message);
            return;
        }

        if (before is null || after is null) return;
        index.Unlinked(before);
        index.Linked(after);

        IReadOnlyList<MemoryEntry> Amended(MemoryEntry? current)
        {
            (before, after) = (current, current is null ? null : _links.Linked(current));
            return ReferenceEquals(before, after) || after is null ? [] : [after];
        }
    }
}
