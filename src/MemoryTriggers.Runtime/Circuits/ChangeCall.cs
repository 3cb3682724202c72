using System.Runtime.ExceptionServices;

namespace MemoryTriggers.Circuits;

/// <summary>Changes a memory so that exceptions of the caller's function are distinguished from those of the store.</summary>
internal static class ChangeCall
{
    /// <returns>What <paramref name="change"/> threw, to be thrown outside of the circuit: it is no failure of the store.</returns>
    public static async ValueTask<ExceptionDispatchInfo?> RunAsync(
        IMemoryBackend backend, Guid id, Func<MemoryEntry?, IReadOnlyList<MemoryEntry>> change, CancellationToken cancellationToken)
    {
        ExceptionDispatchInfo? failure = null;
        try
        {
            await backend.ChangeAsync(id, Guarded, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception) when (failure is not null)
        {
            return failure;
        }

        IReadOnlyList<MemoryEntry> Guarded(MemoryEntry? current)
        {
            try
            {
                return change(current);
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
                throw;
            }
        }
    }
}
