using System.Runtime.ExceptionServices;

namespace MemoryTriggers.Backends;

/// <summary>A change through a guard that takes every exception for one of the store: what the change itself throws is the caller's.</summary>
internal static class GuardedChange
{
    /// <returns>What the change threw, or <see langword="null"/>.</returns>
    public static async ValueTask<ExceptionDispatchInfo?> RunAsync(
        IMemoryBackend backend, Guid id, Func<MemoryEntry?, IReadOnlyList<MemoryEntry>> change, CancellationToken cancellationToken)
    {
        ExceptionDispatchInfo? thrown = null;
        try
        {
            await backend.ChangeAsync(id, Noted, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception) when (thrown is not null)
        {
            return thrown;
        }

        IReadOnlyList<MemoryEntry> Noted(MemoryEntry? current)
        {
            try
            {
                return change(current);
            }
            catch (Exception exception)
            {
                thrown = ExceptionDispatchInfo.Capture(exception);
                throw;
            }
        }
    }
}
