using MemoryTriggers.Problems;

namespace MemoryTriggers.Duplicates;

/// <summary>
/// Counts an exact repeat in the memory that it repeats, and links a memory that says nearly the same as an earlier one. Batches take
/// turns, because a repeat must find its first one. Thread-safe.
/// </summary>
/// <remarks>
/// A repeat is noted on disk before it is counted, and the count is that of the notes: a batch that is delivered again counts nothing
/// twice. Each data folder counts for itself. Where notes cannot be written, for whatever reason, each repeat is a memory of its own.
/// </remarks>
internal sealed class DeduplicatingBackend(IMemoryBackend inner, DuplicateOptions options, string? notesPath, ProblemLog problems,
    TimeProvider time)
    : DelegatingMemoryBackend(inner)
{
    private const int FoundAtStart = MemoryQuery.MaxLimit;
    private static readonly TimeSpan NotesKept = TimeSpan.FromDays(1);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly RecentMemories _recent = new(options);
    private RepeatNotes? _notes;
    private volatile string? _problem;
    private DateTimeOffset _prunedAt;

    /// <summary>Why repeats cannot be counted now, for health; <see langword="null"/> when they can.</summary>
    public string? Problem => _problem;

    public override async ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await StoreCountedAsync(batch, cancellationToken).ConfigureAwait(false);
            _problem = null;
        }
        catch (MemoryBackendException exception) when (exception.BackendName == RepeatNotes.BackendName)
        {
            _problem = $"repeats are not counted, and each is a memory of its own: {exception.Message}";
            await Inner.StoreAsync(batch, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await Inner.DisposeAsync().ConfigureAwait(false);
        _notes?.Dispose();
        _gate.Dispose();
    }

    private async ValueTask StoreCountedAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken)
    {
        var notes = await OpenAsync(cancellationToken).ConfigureAwait(false);
        var plan = Plan(batch, notes);
        var before = plan.Repeats.Keys.ToDictionary(static first => first, first => notes.Of(first).Count);
        foreach (var (first, repeats) in plan.Repeats) notes.Add(first, repeats);
        if (plan.Stored.Count > 0)
            await Inner.StoreAsync([.. plan.Stored.Select(entry => WithCount(entry, notes))], cancellationToken).ConfigureAwait(false);
        foreach (var (first, repeats) in plan.Repeats.Where(repeat => plan.Stored.All(entry => entry.Id != repeat.Key)))
            await CountAsync(first, repeats, before[first], notes, cancellationToken).ConfigureAwait(false);
    }

    private (List<MemoryEntry> Stored, Dictionary<Guid, List<MemoryEntry>> Repeats) Plan(IReadOnlyList<MemoryEntry> batch,
        RepeatNotes notes)
    {
        var stored = new List<MemoryEntry>(batch.Count);
        var repeats = new Dictionary<Guid, List<MemoryEntry>>();
        foreach (var entry in batch)
        {
            // An earlier version, or what was counted elsewhere, is what it is.
            if (entry.SupersededBy is not null || entry.Occurrences > 1)
            {
                stored.Add(entry);
                continue;
            }

            var memory = _recent.Describe(entry);
            var first = _recent.FirstOf(memory)?.Id ?? KnownFirst(memory, notes);
            if (first is { } id && id != entry.Id)
            {
                if (!repeats.TryGetValue(id, out var known)) repeats[id] = known = [];
                known.Add(entry);
                continue;
            }

            var similar = _recent.SimilarTo(memory);
            if (first is null) _recent.Add(memory);
            stored.Add(similar is null || entry.SimilarTo is not null ? entry : entry with { SimilarTo = similar });
        }

        return (stored, repeats);
    }

    // Delivered again, after what it repeats has fallen out of memory. A correction of it says something else, and is no repeat any more.
    private Guid? KnownFirst(RecentMemory memory, RepeatNotes notes)
    {
        if (options.Window == TimeSpan.Zero || notes.FirstOf(memory.Id) is not { } first) return null;
        if (_recent.Knows(first) is not { } known || known.Fingerprint == memory.Fingerprint) return first;
        notes.Remove([memory.Id]);
        return null;
    }

    private static MemoryEntry WithCount(MemoryEntry entry, RepeatNotes notes) =>
        entry.SupersededBy is null && entry.Occurrences == 1 && notes.Of(entry.Id) is { Count: > 0 } repeats
            ? entry with { Occurrences = 1 + repeats.Count, LastSeenAt = repeats.LastSeenAt }
            : entry;

    private async ValueTask CountAsync(
        Guid first, List<MemoryEntry> repeats, long before, RepeatNotes notes, CancellationToken cancellationToken)
    {
        var (count, last) = notes.Of(first);
        var isThere = false;
        await Inner.ChangeAsync(
            first,
            current =>
            {
                isThere = current is not null;
                if (current is null) return [];
                // Where the store knows of more than the notes, those were lost or are of another folder: what is new is added.
                var occurrences = current.Occurrences > 1 + before ? current.Occurrences + count - before : 1 + count;
                return occurrences == current.Occurrences && current.LastSeenAt >= last
                    ? []
                    : [current with { Occurrences = occurrences, LastSeenAt = current.LastSeenAt > last ? current.LastSeenAt : last }];
            },
            cancellationToken).ConfigureAwait(false);
        if (isThere) return;

        // It was deleted: the repeats start again.
        notes.Remove(repeats.Select(static entry => entry.Id));
        _recent.Forget(first);
        _recent.Add(_recent.Describe(repeats[0]));
        if (repeats.Count > 1) notes.Add(repeats[0].Id, repeats.Skip(1));
        await Inner.StoreAsync([WithCount(repeats[0], notes)], cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<RepeatNotes> OpenAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_notes is { } notes)
        {
            if (now - _prunedAt >= NotesKept) Prune(notes, now);
            return notes;
        }

        var opened = new RepeatNotes(notesPath, problems, time);
        try
        {
            Prune(opened, now);
            await FindRecentAsync(now, cancellationToken).ConfigureAwait(false);
            return _notes = opened;
        }
        catch (MemoryBackendException exception) when (exception.IsTransient && exception.BackendName != RepeatNotes.BackendName)
        {
            // A chain whose first store is unavailable cannot be read, but stores: what earlier processes stored is not known then.
            return _notes = opened;
        }
        finally
        {
            if (_notes is null) opened.Dispose();
        }
    }

    private void Prune(RepeatNotes notes, DateTimeOffset now)
    {
        notes.Prune(now - NotesKept - options.Window);
        _prunedAt = now;
    }

    // What an earlier process stored is repeated as well.
    private async ValueTask FindRecentAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var query = new MemoryQuery { AllProjects = true, Limit = Math.Min(FoundAtStart, options.MaxTracked), CurrentAt = now };
        if (options.Similarity is null) query = query with { Since = now - options.Window };
        foreach (var entry in (await Inner.QueryAsync(query, cancellationToken).ConfigureAwait(false)).Reverse())
            _recent.Add(_recent.Describe(entry));
    }
}
