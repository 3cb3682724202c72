using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Vectors;

/// <summary>
/// Makes the vectors, behind everything else: storing a memory notes its id, and one loop reads what is noted, in batches, from the store.
/// What is not noted, because another process stored it, the program ended, or too much came at once, is found by looking through the
/// store.
/// </summary>
internal sealed class VectorIndexing(IMemoryBackend inner, VectorStore vectors, Embedder embedder, VectorOptions options, TimeProvider time,
    ILogger logger)
{
    private const int MaxNoted = 100_000;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);
    private static readonly MemoryQuery Everything = new() { AllProjects = true };

    private readonly Channel<Guid> _noted = Channel.CreateBounded<Guid>(new BoundedChannelOptions(MaxNoted) { SingleReader = true });
    private readonly VectorIdle _idle = new();
    private bool _mustLookThrough;

    /// <summary>Notes memories that were stored or changed. Never waits.</summary>
    public void Note(IEnumerable<Guid> ids)
    {
        foreach (var id in ids)
        {
            _idle.Begin();
            if (_noted.Writer.TryWrite(id)) continue;
            _idle.End();
            LookThrough();
        }
    }

    /// <summary>Scans the whole store: it is unknown what has changed.</summary>
    public void LookThrough()
    {
        Volatile.Write(ref _mustLookThrough, true);

        // Wakes the loop. An id that no memory has is harmless.
        _idle.Begin();
        if (!_noted.Writer.TryWrite(Guid.Empty)) _idle.End();
    }

    /// <summary>Waits until everything that was noted before has its vector.</summary>
    public Task WhenIdleAsync() => _idle.WhenIdleAsync();

    /// <summary>Runs until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var quiet = TriggerHub.SuppressCapture();
        try
        {
            await UntilDoneAsync(LookThroughAsync, cancellationToken).ConfigureAwait(false);
            _idle.Started();
            while (true)
            {
                await _noted.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false);
                var batch = Take();
                if (Volatile.Read(ref _mustLookThrough)) await UntilDoneAsync(LookThroughAsync, cancellationToken).ConfigureAwait(false);
                await UntilDoneAsync(token => IndexAsync(batch, token), cancellationToken).ConfigureAwait(false);
                foreach (var _ in batch) _idle.End();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The program ends; what is left is found at the next start.
        }
    }

    private List<Guid> Take()
    {
        var batch = new List<Guid>();
        while (batch.Count < options.BatchSize && _noted.Reader.TryRead(out var id)) batch.Add(id);
        return batch;
    }

    // Batch by batch, so that a failure keeps what is done.
    private async Task LookThroughAsync(CancellationToken cancellationToken)
    {
        Volatile.Write(ref _mustLookThrough, false);
        try
        {
            var gone = vectors.Matrix.Ids().ToHashSet();
            var batch = new List<MemoryEntry>();
            await foreach (var entry in inner.ReadAllAsync(Everything, cancellationToken).ConfigureAwait(false))
            {
                gone.Remove(entry.Id);
                if (IsKnown(entry)) continue;
                batch.Add(entry);
                if (batch.Count < options.BatchSize) continue;
                await EmbedAsync(batch, cancellationToken).ConfigureAwait(false);
                batch.Clear();
            }

            await EmbedAsync(batch, cancellationToken).ConfigureAwait(false);
            if (gone.Count > 0) await RemoveGoneAsync([.. gone], cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            Volatile.Write(ref _mustLookThrough, true);
            throw;
        }
    }

    // Memories stored during the scan are not gone.
    private async Task RemoveGoneAsync(Guid[] ids, CancellationToken cancellationToken)
    {
        foreach (var part in ids.Chunk(MemoryQuery.MaxLimit))
        {
            var there = (await inner.GetManyAsync(part, cancellationToken).ConfigureAwait(false)).Select(static entry => entry.Id)
                .ToHashSet();
            vectors.Remove([.. part.Where(id => !there.Contains(id))]);
        }
    }

    private async Task IndexAsync(List<Guid> ids, CancellationToken cancellationToken)
    {
        var wanted = ids.Where(static id => id != Guid.Empty).Distinct().ToArray();
        if (wanted.Length == 0) return;
        var entries = await inner.GetManyAsync(wanted, cancellationToken).ConfigureAwait(false);
        await EmbedAsync([.. entries.Where(entry => !IsKnown(entry))], cancellationToken).ConfigureAwait(false);
        if (entries.Count < wanted.Length) vectors.Remove([.. wanted.Except(entries.Select(static entry => entry.Id))]);
    }

    private async Task EmbedAsync(IReadOnlyList<MemoryEntry> entries, CancellationToken cancellationToken)
    {
        if (entries.Count == 0) return;
        var texts = entries.Select(Text).ToList();
        var made = await embedder.EmbedAsync(texts, cancellationToken).ConfigureAwait(false);
        vectors.Put([.. entries.Select((entry, i) =>
            new StoredVector(entry.Id, StoredVector.HashOf(texts[i]), entry.Project, entry.CreatedAt.UtcTicks, made[i]))]);
    }

    private bool IsKnown(MemoryEntry entry) => vectors.Matrix.HashOf(entry.Id) is { } hash && hash == StoredVector.HashOf(Text(entry));

    private string Text(MemoryEntry entry) => VectorText.Of(entry, options.MaxTextLength);

    private async Task UntilDoneAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        for (var wait = FirstWait; ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            try
            {
                await work(cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                // A generator of the user's: whatever it throws, memories are stored and found by words meanwhile.
                Log.NotMade(logger, wait, exception.Message);
            }

            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
