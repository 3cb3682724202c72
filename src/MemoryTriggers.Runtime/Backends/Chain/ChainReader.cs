using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Backends.Chain;

/// <summary>Finds memories wherever in the chain they are.</summary>
internal sealed class ChainReader(ChainLink[] links, ChainBacklog backlog, ChainUse use, ILogger logger)
{
    private bool[] _hadEntries = new bool[links.Length];

    /// <summary>Takes down which stores had something when they were opened.</summary>
    public void Found(bool[] hadEntries) => _hadEntries = hadEntries;

    /// <exception cref="MemoryBackendException">A store that may have it does not answer, and no other has it.</exception>
    public async ValueTask<MemoryEntry?> GetAsync(Guid id, CancellationToken cancellationToken)
    {
        MemoryBackendException? failure = null;
        foreach (var link in Ordered(id))
        {
            try
            {
                var entry = await link.ReadAsync((backend, token) => backend.GetAsync(id, token), cancellationToken).ConfigureAwait(false);
                if (entry is null) continue;
                if (failure is not null) use.FellBack();
                return entry;
            }
            catch (MemoryBackendException exception) when (exception.IsTransient)
            {
                failure = exception;
            }
        }

        // It may be in the store that does not answer: that is no "there is none".
        return failure is null ? null : throw failure;
    }

    /// <summary>Asks every store that may have something. An empty answer counts only when each of them has given it.</summary>
    /// <exception cref="MemoryBackendException">One does not answer, and the others have nothing.</exception>
    public async ValueTask<IReadOnlyList<(string Link, T Answer)>> AskAsync<T>(
        Func<IMemoryBackend, CancellationToken, ValueTask<T>> ask, Func<T, bool> isEmpty, CancellationToken cancellationToken)
    {
        var answers = new List<(string, T)>();
        MemoryBackendException? failure = null;
        foreach (var link in Readable())
        {
            try
            {
                answers.Add((link.Name, await link.ReadAsync(ask, cancellationToken).ConfigureAwait(false)));
            }
            catch (MemoryBackendException exception) when (exception.IsTransient)
            {
                Log.ReadFailed(logger, link.Name, exception.Message);
                failure = exception;
            }
        }

        if (failure is null) return answers;
        if (answers.TrueForAll(answer => isEmpty(answer.Item2))) throw failure;
        use.FellBack();
        return answers;
    }

    /// <summary>
    /// The stores that may have something: the first, those that had something at the start, and those where something waits.
    /// </summary>
    public IEnumerable<ChainLink> Readable() =>
        links.Where((link, index) => index == 0 || _hadEntries[index] || backlog.In(link.Name, 1).Count > 0);

    private IEnumerable<ChainLink> Ordered(Guid id)
    {
        var right = backlog.LinkOf(id);
        return Readable().OrderByDescending(link => link.Name == right);
    }
}
