using MemoryTriggers.Transfer;

namespace MemoryTriggers.Retention;

/// <summary>
/// Opens the circles that an earlier version of this library has left, which takes a scan of all memories. None is made any more, so a
/// store is scanned once in 30 days, for restored backups, and not by each process.
/// </summary>
/// <param name="backend">The store.</param>
/// <param name="mark">When it was scanned.</param>
/// <param name="time">The clock.</param>
internal sealed class CycleRepair(IMemoryBackend backend, PassMark mark, TimeProvider time)
{
    /// <returns>How many were opened.</returns>
    /// <exception cref="MemoryBackendException">The store does not answer.</exception>
    public async ValueTask<long> RunAsync(CancellationToken cancellationToken)
    {
        if (mark.Until is not null) return 0;
        var now = time.GetUtcNow();
        var opened = await ReplacementCycles.BreakAllAsync(backend, cancellationToken).ConfigureAwait(false);
        mark.Reached(now, isFromTheBeginning: true);
        return opened;
    }
}
