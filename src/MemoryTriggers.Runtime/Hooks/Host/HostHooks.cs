using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace MemoryTriggers.Hooks;

/// <summary>Tells of the start and the stop of the host, and of exceptions that nobody has caught.</summary>
internal sealed class HostHooks(MemoryHooks hooks, IOptions<HostHookOptions> options, IHostEnvironment environment, TimeProvider time)
    : IHostedLifecycleService, IDisposable
{
    private const string Source = "host";
    private readonly HostHookOptions _options = options.Value;
    private CrashWatch? _crashes;
    private long _starting;
    private long _started;
    private bool _isStopping;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _starting = time.GetTimestamp();
        _crashes ??= new CrashWatch(hooks, _options.UnhandledExceptions, _options.UnobservedTaskExceptions);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _started = time.GetTimestamp();
        if (_options.StartAndStop) Tell("host start", time.GetElapsedTime(_starting, _started));
        return Task.CompletedTask;
    }

    // Not later: when the others are told to stop, the memory may be among the first.
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (_options.StartAndStop && !_isStopping) Tell("host stop", time.GetElapsedTime(_started));
        _isStopping = true;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _crashes?.Dispose();
        _crashes = null;
    }

    private void Tell(string operation, TimeSpan duration) => hooks.Publish(new WorkflowCompleted
    {
        Operation = operation,
        WorkflowType = Source,
        Source = Source,
        Duration = duration,
        Metadata = new Dictionary<string, object?>
        {
            ["application"] = environment.ApplicationName,
            ["environment"] = environment.EnvironmentName,
            ["machine"] = Environment.MachineName,
            ["process_id"] = Environment.ProcessId,
        },
    });
}
