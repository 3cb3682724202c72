using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace MemoryTriggers.Hooks;

/// <summary>Reports the start and the stop of the host, and uncaught exceptions.</summary>
internal sealed class HostHooks(MemoryHooks hooks, IOptions<HostHookOptions> options, IHostEnvironment environment, TimeProvider time,
    IServiceProvider services)
    : IHostedLifecycleService, IDisposable
{
    private const string Source = "host";
    private readonly HostHookOptions _options = options.Value;
    private readonly Lock _telling = new();
    private BackgroundService[] _watched = [];
    private CrashWatch? _crashes;
    private long _starting;
    private long? _started;
    private bool _isOver;

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
        if (_options.StartAndStop) Tell("host start", time.GetElapsedTime(_starting, _started.Value));
        if (_options.UnhandledExceptions) WatchServices();
        return Task.CompletedTask;
    }

    // Not later: when the other services stop, the memory may be among the first.
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        // The host stops because of one before those who wait for its end are notified: the memory would be gone by then.
        foreach (var service in _watched)
        {
            if (service.ExecuteTask is { IsFaulted: true } work) TellFailure(service, work);
        }

        TellEnd();
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
        // A host whose start has failed is disposed without having been stopped.
        if (_crashes is not null) TellEnd();
        _crashes?.Dispose();
        _crashes = null;
    }

    private void TellEnd()
    {
        if (_isOver) return;
        _isOver = true;
        if (!_options.StartAndStop) return;
        if (_started is { } started) Tell("host stop", time.GetElapsedTime(started));
        else Tell("host start", time.GetElapsedTime(_starting), TriggerOutcome.Failure);
    }

    // The host looks at what they end with, and stops or goes on: to the runtime it is no uncaught exception.
    private void WatchServices()
    {
        try
        {
            _watched = [.. services.GetServices<IHostedService>().OfType<BackgroundService>()];
            foreach (var service in _watched)
            {
                service.ExecuteTask?.ContinueWith(
                    work => TellFailure(service, work),
                    CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
                    TaskScheduler.Default);
            }
        }
        catch (Exception)
        {
            // Capture entry point: a service that is created each time is the user's code, and the host starts as it would without us.
            hooks.CountFault();
        }
    }

    // Each exception once; a second caller waits until it is reported.
    private void TellFailure(BackgroundService service, Task work)
    {
        lock (_telling)
            UncaughtException.Tell(hooks, UncaughtException.Background, work.Exception!.InnerException, isTerminating: false,
                service.GetType().Name);
    }

    private void Tell(string operation, TimeSpan duration, TriggerOutcome outcome = TriggerOutcome.Success) => hooks.Publish(new HookEvent
    {
        Type = HookType.WorkflowComplete,
        Operation = operation,
        Outcome = outcome,
        Subject = Source,
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
