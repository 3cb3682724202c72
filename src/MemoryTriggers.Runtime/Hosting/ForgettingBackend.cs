using MemoryTriggers.Journal;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Hosting;

/// <summary>Clears delivered records from the journal when memories are deleted: what is deleted must not be left there.</summary>
/// <param name="inner">The store.</param>
/// <param name="clear">Clears the journal.</param>
/// <param name="logger">Learns when that is not possible now; the journal tries it again, and does it when it is closed.</param>
internal sealed class ForgettingBackend(IMemoryBackend inner, Func<CancellationToken, ValueTask> clear, ILogger logger)
    : DelegatingMemoryBackend(inner)
{
    public override async ValueTask<bool> DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        var deleted = await Inner.DeleteAsync(id, cancellationToken).ConfigureAwait(false);
        if (deleted) await ClearAsync(cancellationToken).ConfigureAwait(false);
        return deleted;
    }

    public override async ValueTask<long> DeleteManyAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        var deleted = await Inner.DeleteManyAsync(query, cancellationToken).ConfigureAwait(false);
        if (deleted > 0) await ClearAsync(cancellationToken).ConfigureAwait(false);
        return deleted;
    }

    private async ValueTask ClearAsync(CancellationToken cancellationToken)
    {
        try
        {
            await clear(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is JournalSyncException or ObjectDisposedException)
        {
            // The memories are deleted all the same.
            Log.JournalNotCleared(logger, exception.Message);
        }
    }
}
