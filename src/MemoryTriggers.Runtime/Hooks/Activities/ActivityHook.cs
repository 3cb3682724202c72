using System.Diagnostics;
using MemoryTriggers.Capture;
using MemoryTriggers.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace MemoryTriggers.Hooks;

/// <summary>Listens to chosen sources, and tells of their activities when they end.</summary>
internal sealed class ActivityHook(MemoryHooks hooks, IOptions<ActivityHookOptions> options) : IHostedService, IDisposable
{
    private static int _listening;
    private readonly ActivityHookOptions _options = options.Value;
    private readonly string[] _sources = [.. options.Value.Sources];
    private ActivityListener? _listener;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _listening);
        _listener = new ActivityListener
        {
            // The memory's own spans would feed it.
            ShouldListenTo = source => source.Name != Telemetry.Name && Array.Exists(_sources, pattern => Matches(pattern, source.Name)),
            // Not "and recorded": whether other services record the trace as well is none of our business.
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = OnStopped,
        };
        ActivitySource.AddActivityListener(_listener);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _listener, null) is not { } listener) return;
        listener.Dispose();
        Interlocked.Decrement(ref _listening);
    }

    private static bool Matches(string pattern, string name) => pattern.EndsWith('*')
        ? name.StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.OrdinalIgnoreCase)
        : name.Equals(pattern, StringComparison.OrdinalIgnoreCase);

    private void OnStopped(Activity activity)
    {
        if (TriggerFlow.IsCurrentSuppressed || hooks.IsForeign) return;
        try
        {
            var isFailed = activity.Status == ActivityStatusCode.Error;
            var isWanted = isFailed || !_options.OnlyFailures || activity.Duration >= _options.SlowAfter;
            if (!isWanted || !hooks.IsOn(isFailed ? HookType.WorkflowError : HookType.WorkflowComplete, isFailed)) return;
            var once = Volatile.Read(ref _listening) > 1 ? activity : null;
            hooks.Publish(isFailed
                ? ActivityEvents.Failed(activity, _options.IncludeTags, once)
                : ActivityEvents.Completed(activity, _options.IncludeTags, once));
        }
        catch (Exception)
        {
            // Capture entry point, inside the program's own Stop: the values of tags may be the user's code.
            hooks.CountFault();
        }
    }
}
