using MemoryTriggers.Capture;
using MemoryTriggers.Hooks;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers;

/// <summary>
/// Where a program, or a framework, tells what happened: it is remembered, and the callbacks for it are called. Had from
/// <see cref="MemoryTriggerService.Hooks"/> or by injection. Thread-safe. While no runtime is started nothing is remembered.
/// </summary>
/// <remarks>
/// Callbacks run on the thread pool, each with <see cref="MemoryHooksOptions.CallbackTimeout"/> of its own: one that throws, hangs or
/// blocks harms neither the others nor the program. An event that a callback causes is remembered and calls no callback.
/// </remarks>
public sealed partial class MemoryHooks
{
    private readonly MemoryHooksOptions _options;
    private readonly TimeProvider _time;
    private readonly HookCapture _capture;
    private readonly HookCallbacks _callbacks;
    private readonly HookCounters _counters = new();

    /// <param name="options">The settings.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Made for the first line only.</param>
    /// <param name="target">The service that the hooks belong to; that of the flow, else of the process, when none is given.</param>
    /// <param name="lines">The wording of lines; the defaults when not given.</param>
    internal MemoryHooks(
        MemoryHooksOptions options, TimeProvider time, Func<ILogger> logger, CaptureTarget? target = null, LineOptions? lines = null)
    {
        (_options, _time, Target) = (options, time, target);
        _capture = new HookCapture(options, target, lines ?? new LineOptions());
        _callbacks = new HookCallbacks(options.CallbackTimeout, time, logger);
    }

    /// <summary>
    /// Reports an event. A start, or a new issue, only reaches callbacks; everything else becomes a memory first.
    /// </summary>
    /// <returns>
    /// Whether the journal accepted the memory, once the callbacks have returned or are out of time. Cancelling the token ends that wait.
    /// </returns>
    /// <exception cref="OperationCanceledException">The token was cancelled before: nothing is reported.</exception>
    public async ValueTask<bool> PublishAsync(HookEvent hook, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(hook);
        cancellationToken.ThrowIfCancellationRequested();
        if (!_options.Enabled) return false;
        var started = _time.GetTimestamp();
        var isCaptured = TryCapture(hook);
        if (_callbacks.Any(hook)) await CallAsync(hook, isCaptured, started, cancellationToken).ConfigureAwait(false);
        else _counters.Count(hook.Type, isCaptured, failures: 0, _time.GetElapsedTime(started));
        return isCaptured;
    }

    /// <summary>Calls back for events of the given types; for all when none is given.</summary>
    /// <returns>Disposed, it ends that.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A type is not a defined value.</exception>
    public IDisposable On(Action<HookEvent> callback, params HookType[] types)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return Add(
            (hook, _) =>
            {
                callback(hook);
                return Task.CompletedTask;
            },
            types);
    }

    /// <inheritdoc cref="On(Action{HookEvent}, HookType[])"/>
    public IDisposable On(Func<HookEvent, Task> callback, params HookType[] types)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return Add((hook, _) => callback(hook), types);
    }

    /// <summary>Overload with a token for the callback, which is cancelled when its time is over.</summary>
    public IDisposable On(Func<HookEvent, CancellationToken, Task> callback, params HookType[] types)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return Add(callback, types);
    }

    /// <summary>The counters.</summary>
    public MemoryHooksStatistics GetStatistics() => _counters.ToStatistics(_options.Enabled, _callbacks.Count);

    /// <summary>The service that they belong to.</summary>
    internal CaptureTarget? Target { get; }

    /// <summary>Whether the current flow belongs to another service, whose hooks are to see what happens in it.</summary>
    internal bool IsForeign => Target is not null && TriggerFlow.Current?.Target is { } owner && !ReferenceEquals(owner, Target);

    /// <summary>The clock that durations are taken from.</summary>
    internal TimeProvider Time => _time;

    /// <summary>Whether telling of it would do anything: asked before an event is made where making it costs.</summary>
    internal bool IsOn(HookType type, bool isError) => _options.Enabled && (_callbacks.Count > 0 || _capture.Wants(type, isError));

    /// <summary>For places that cannot wait: remembers, and leaves the callbacks to themselves.</summary>
    internal bool Publish(HookEvent hook)
    {
        if (!_options.Enabled) return false;
        var started = _time.GetTimestamp();
        var isCaptured = TryCapture(hook);
        if (_callbacks.Any(hook)) _ = CallAsync(hook, isCaptured, started, CancellationToken.None);
        else _counters.Count(hook.Type, isCaptured, failures: 0, _time.GetElapsedTime(started));
        return isCaptured;
    }

    /// <summary>Counts a failure of code of the user's, or of our own, that was kept from the program.</summary>
    internal void CountFault() => _counters.Fault();

    private bool TryCapture(HookEvent hook)
    {
        try
        {
            return _capture.TryCapture(hook);
        }
        catch (Exception)
        {
            // Capture entry point: metadata may be a dictionary of the user's that throws. The statistics show the count.
            CountFault();
            return false;
        }
    }

    private IDisposable Add(Func<HookEvent, CancellationToken, Task> call, HookType[] types)
    {
        ArgumentNullException.ThrowIfNull(types);
        foreach (var type in types)
        {
            if (!Enum.IsDefined(type)) throw new ArgumentOutOfRangeException(nameof(types), type, "No such type of event.");
        }

        return _callbacks.Add(new HookCallback([.. types], call));
    }

    private async Task CallAsync(HookEvent hook, bool isCaptured, long started, CancellationToken cancellationToken)
    {
        var failures = await _callbacks.CallAsync(hook, cancellationToken).ConfigureAwait(false);
        _counters.Count(hook.Type, isCaptured, failures, _time.GetElapsedTime(started));
    }
}
