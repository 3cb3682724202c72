using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Backends.Chain;

/// <summary>
/// Finds out at the start which stores are there, each in a few short attempts, so that one that is unavailable does not hold the program
/// up.
/// </summary>
internal sealed class ChainDetection(BackendChainOptions options, TimeProvider time, ILogger logger)
{
    private static readonly MemoryQuery Anything = new() { AllProjects = true, Limit = 1 };

    /// <param name="link">The store.</param>
    /// <param name="isFirst">Whether it is read from in any case: then what it has need not be known.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it may have memories, and why it is unavailable, if it is. An unavailable store counts as having memories: reads
    /// ask it.</returns>
    public async Task<(bool MayHaveEntries, MemoryBackendException? Problem)> FindAsync(ChainLink link, bool isFirst,
        CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return (await AskAsync(link, isFirst, cancellationToken).ConfigureAwait(false), null);
            }
            catch (MemoryBackendException exception)
            {
                Log.LinkNotReady(logger, link.Name, exception.Message);
                if (!exception.IsTransient || attempt >= options.StartAttempts) return (true, exception);
            }

            await Task.Delay(options.StartPause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    // Cheap everywhere: counting what a remote store has, or a large one, would take longer than the answer is worth.
    private async ValueTask<bool> AskAsync(ChainLink link, bool isFirst, CancellationToken cancellationToken) => isFirst
        ? await link.CallAsync(static (backend, token) => backend.GetAsync(Guid.Empty, token), cancellationToken, options.StartTimeout)
            .ConfigureAwait(false) is not null
        : (await link.CallAsync(static (backend, token) => backend.QueryAsync(Anything, token), cancellationToken, options.StartTimeout)
            .ConfigureAwait(false)).Count > 0;
}
