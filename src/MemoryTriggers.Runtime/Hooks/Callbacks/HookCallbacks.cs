using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Hooks;

/// <summary>
/// Calls what the user has registered. Each callback runs on the thread pool, beside the others and within a time of its own, so that none
/// can throw into, hold up or end another one, or the program. Thread-safe.
/// </summary>
internal sealed class HookCallbacks(TimeSpan timeout, TimeProvider time, Func<ILogger> logger)
{
    // An event that a callback itself causes is remembered, and calls no callback: a callback for errors that fails by an error would never
    // end.
    private static readonly AsyncLocal<bool> IsCalling = new();

    private ImmutableArray<HookCallback> _callbacks = [];

    public int Count => _callbacks.Length;

    public IDisposable Add(HookCallback callback)
    {
        ImmutableInterlocked.Update(ref _callbacks, static (all, added) => all.Add(added), callback);
        return new Registration(this, callback);
    }

    public bool Any(HookEvent hook)
    {
        if (_callbacks.IsEmpty || IsCalling.Value) return false;
        foreach (var callback in _callbacks)
        {
            if (callback.Wants(hook)) return true;
        }

        return false;
    }

    /// <returns>How many failed, or were not done in time.</returns>
    public async Task<int> CallAsync(HookEvent hook, CancellationToken cancellationToken)
    {
        IsCalling.Value = true;
        var calls = _callbacks.Where(callback => callback.Wants(hook)).Select(callback => CallAsync(callback, hook, cancellationToken));
        return (await Task.WhenAll(calls).ConfigureAwait(false)).Count(static isDone => !isDone);
    }

    private async Task<bool> CallAsync(HookCallback callback, HookEvent hook, CancellationToken cancellationToken)
    {
        if (callback.IsStuck) return false;
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var token = either.Token;
        Task? call = null;
        try
        {
            call = Task.Run(() => callback.CallAsync(hook, token), CancellationToken.None);
            // One that fails after its time is over has failed already, and is not to come up as an unobserved exception.
            _ = call.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted,
                TaskScheduler.Default);
            await call.WaitAsync(token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception exception)
        {
            // The user's code: its failure is neither the program's nor that of other callbacks. It is counted, and the first one logged.
            if (callback.Failed()) Log.CallbackFailed(logger(), callback.Name, deadline.IsCancellationRequested ? null : exception);
            return false;
        }
        finally
        {
            if (call is { IsCompleted: false }) callback.LeaveBehind(call);
        }
    }

    private void Remove(HookCallback callback) =>
        ImmutableInterlocked.Update(ref _callbacks, static (all, removed) => all.Remove(removed), callback);

    private sealed class Registration(HookCallbacks owner, HookCallback callback) : IDisposable
    {
        public void Dispose() => owner.Remove(callback);
    }
}
