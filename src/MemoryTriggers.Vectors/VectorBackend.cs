using MemoryTriggers.Backends.InMemory;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Vectors;

/// <summary>
/// Searches a store by meaning as well as by words. Vectors are made behind everything else, from what the store has; a search that cannot
/// have the vector of its question answers by words. Thread-safe.
/// </summary>
internal sealed class VectorBackend : DelegatingMemoryBackend
{
    private readonly VectorOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Embedder _embedder;
    private readonly VectorStore _vectors;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _starting = new();
    private Task? _running;

    public VectorBackend(IMemoryBackend inner, Embedder embedder, VectorOptions options, string? folder, TimeProvider time, ILogger logger)
        : base(inner)
    {
        (_options, _time, _logger, _embedder) = (options.Snapshot(), time, logger, embedder);
        _vectors = new VectorStore(folder is null ? null : Files.DataDirectory.PathOf(folder, _options.Path), embedder.Model,
            Problems.ProblemLog.At(folder, time, logger), time, logger);
        Indexing = new VectorIndexing(inner, _vectors, embedder, _options, time, logger);
        if (inner.GetService<INotifyMemoryChanges>() is { } notifying) notifying.MemoriesChanged += OnChanged;
    }

    public VectorIndexing Indexing { get; }

    public VectorMatrix Matrix => _vectors.Matrix;

    public override async ValueTask InitializeAsync(CancellationToken cancellationToken)
    {
        Start();
        await base.InitializeAsync(cancellationToken).ConfigureAwait(false);
    }

    public override async ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken)
    {
        await base.StoreAsync(batch, cancellationToken).ConfigureAwait(false);
        Indexing.Note(batch.Select(static entry => entry.Id));
    }

    public override async ValueTask ChangeAsync(
        Guid id, Func<MemoryEntry?, IReadOnlyList<MemoryEntry>> change, CancellationToken cancellationToken)
    {
        IReadOnlyList<MemoryEntry> changed = [];
        await base.ChangeAsync(id, current => changed = change(current), cancellationToken).ConfigureAwait(false);
        Indexing.Note(changed.Select(static entry => entry.Id));
    }

    public override async ValueTask<bool> DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        var deleted = await base.DeleteAsync(id, cancellationToken).ConfigureAwait(false);
        Indexing.Note([id]);
        return deleted;
    }

    public override async ValueTask<long> DeleteManyAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        var deleted = await base.DeleteManyAsync(query, cancellationToken).ConfigureAwait(false);
        if (deleted > 0) Indexing.LookThrough();
        return deleted;
    }

    public override async ValueTask<IReadOnlyList<MemoryHit>> SearchAsync(string text, MemoryQuery query,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(query);
        var depth = Math.Max(_options.Depth, query.Offset + query.Limit);
        var question = _vectors.Matrix.Count == 0 || string.IsNullOrWhiteSpace(text)
            ? null
            : await QuestionAsync(text, cancellationToken).ConfigureAwait(false);
        if (question is null) return await base.SearchAsync(text, query, cancellationToken).ConfigureAwait(false);

        var byWords = await base.SearchAsync(text, query with { Offset = 0, Limit = Math.Min(MemoryQuery.MaxLimit, depth) },
            cancellationToken).ConfigureAwait(false);
        var byMeaning = await NearestAsync(question, query, depth, cancellationToken).ConfigureAwait(false);
        return [.. RankFusion.Fuse(byWords, byMeaning).Skip(query.Offset).Take(query.Limit)];
    }

    /// <summary>Whatever is found by meaning is read in full here.</summary>
    public override async ValueTask<IReadOnlyList<CompactHit>> SearchCompactAsync(string text, MemoryQuery query,
        CancellationToken cancellationToken) =>
        [.. (await SearchAsync(text, query, cancellationToken).ConfigureAwait(false)).Select(CompactHit.Of)];

    public override async ValueTask DisposeAsync()
    {
        if (Inner.GetService<INotifyMemoryChanges>() is { } notifying) notifying.MemoriesChanged -= OnChanged;
        await _stopping.CancelAsync().ConfigureAwait(false);
        if (_running is { } running) await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.DisposeAsync().ConfigureAwait(false);
        _vectors.Dispose();
        _stopping.Dispose();
    }

    // On the thread pool, in a flow of its own: nothing of the caller's flow is kept alive.
    private void Start()
    {
        lock (_starting)
        {
            if (_running is not null) return;
            using (ExecutionContext.SuppressFlow()) _running = Task.Run(RunAsync, CancellationToken.None);
        }
    }

    private Task RunAsync()
    {
        _vectors.Open();
        return Indexing.RunAsync(_stopping.Token);
    }

    private async Task<float[]?> QuestionAsync(string text, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_options.QuestionTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            // A generator may ignore its token.
            return (await _embedder.EmbedAsync([VectorText.Shorten(text, _options.MaxTextLength)], either.Token).WaitAsync(either.Token)
                .ConfigureAwait(false))[0];
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // A generator of the user's: whatever it throws, words answer.
            Log.ByWordsOnly(_logger, exception.Message);
            return null;
        }
    }

    // The matrix knows project and time; everything else is seen in the memories. So more and more are read, until enough of them
    // match.
    private async Task<List<(MemoryEntry Entry, float Similarity)>> NearestAsync(
        float[] question, MemoryQuery query, int wanted, CancellationToken cancellationToken)
    {
        var found = new List<(MemoryEntry, float)>();
        var seen = 0;
        for (var most = wanted; ; most *= 4)
        {
            var nearest = _vectors.Matrix.Nearest(question, query, _options.MinSimilarity, most);
            var fresh = nearest.Skip(seen).ToList();
            seen = nearest.Count;
            var entries = (await Inner.GetManyAsync([.. fresh.Select(static near => near.Id)], cancellationToken).ConfigureAwait(false))
                .ToDictionary(static entry => entry.Id);
            foreach (var near in fresh)
                if (entries.TryGetValue(near.Id, out var entry) && EntryFilter.Matches(query, entry)) found.Add((entry, near.Similarity));
            if (found.Count >= wanted || nearest.Count < most) return found;
        }
    }

    private void OnChanged(object? sender, MemoriesChangedEventArgs changed)
    {
        if (changed.Ids is { } ids) Indexing.Note(ids);
        else Indexing.LookThrough();
    }
}
