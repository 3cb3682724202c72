using MemoryTriggers.Capture;
using MemoryTriggers.Configuration;
using MemoryTriggers.Hooks;
using MemoryTriggers.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MemoryTriggers;

/// <summary>
/// The runtime: while it is started, decorated methods and scopes are remembered. With a host use
/// <c>services.AddMemoryTriggers()</c>; without one: <c>await using var memory = await MemoryTriggerService.StartAsync();</c>.
/// Thread-safe.
/// </summary>
public sealed class MemoryTriggerService : IAsyncDisposable
{
    internal static readonly TimeSpan DefaultFlushTimeout = TimeSpan.FromSeconds(30);

    private readonly MemoryTriggersOptions _options;
    private readonly IMemoryBackend? _backend;
    private readonly ILoggerFactory _loggers;
    private readonly TimeProvider _time;
    private readonly bool _ownsLoggers;
    private readonly CaptureTarget _target;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private IDisposable? _flow;
    private MemoryRuntime? _runtime;
    private ProcessWatch? _watch;
    private bool _isStopped;

    internal MemoryTriggerService(
        MemoryTriggersOptions options, IMemoryBackend? backend, ILoggerFactory loggers, TimeProvider time, MemoryHooks? hooks = null,
        bool ownsLoggers = false)
    {
        (_options, _backend, _loggers, _time, _ownsLoggers) = (options, backend, loggers, time, ownsLoggers);
        Hooks = hooks ?? new MemoryHooks(options.Hooks, time, loggers.CreateLogger<MemoryHooks>, new CaptureTarget(), options.Lines);
        _target = Hooks.Target ?? new CaptureTarget();
        _target.Owner = this;
    }

    /// <summary>
    /// The service that captures of this asynchronous flow go to: that of the flow (<see cref="BeginFlow"/>), else the one started last;
    /// <see langword="null"/> when it is not started, or stopped. For code that nothing is injected into.
    /// </summary>
    public static MemoryTriggerService? Current =>
        TriggerHub.TargetOf(TriggerFlow.Current)?.Owner is MemoryTriggerService { RunningOrNone: not null } service ? service : null;

    /// <summary>
    /// Where the program reports events. Available before the start: then callbacks are notified, and nothing is remembered.
    /// </summary>
    public MemoryHooks Hooks { get; }

    /// <summary>Finds what was remembered.</summary>
    /// <exception cref="InvalidOperationException">The service is not started.</exception>
    public IMemoryRecall Recall => Running.Recall;

    /// <summary>Takes memories that the program composes itself.</summary>
    /// <exception cref="InvalidOperationException">The service is not started.</exception>
    public AsyncMemoryCollector Collector => Running.Collector;

    /// <summary>The store behind it.</summary>
    /// <exception cref="InvalidOperationException">The service is not started.</exception>
    public IMemoryBackend Backend => Running.Backend;

    /// <summary>The circuit breaker of the store; of each of them in a chain, the first one asked first.</summary>
    /// <exception cref="InvalidOperationException">The service is not started.</exception>
    public IReadOnlyList<CircuitBreaker> CircuitBreakers => Running.Operations.CircuitBreakers;

    /// <summary>The records that could not be stored, oldest first.</summary>
    /// <exception cref="InvalidOperationException">The service is not started.</exception>
    public IReadOnlyList<DeadLetter> DeadLetters => Running.DeadLetters.List();

    /// <summary>The memory that a dead letter would be.</summary>
    /// <param name="id">The letter's id.</param>
    /// <returns><see langword="null"/> when there is no such letter, or its record cannot be read.</returns>
    /// <exception cref="InvalidOperationException">The service is not started.</exception>
    public MemoryEntry? InspectDeadLetter(string id) => Running.Inspect(id);

    /// <summary>
    /// Tries to store dead letters again, one attempt each, oldest first. A letter that is stored goes; the others stay with the reason of
    /// this time. Again and at once from several places is harmless: ids make a memory one. The counts of health are those of the
    /// way from the journal, and do not change.
    /// </summary>
    /// <param name="id">Only this letter; all of them when not set.</param>
    /// <param name="progress">Receives the number of finished letters.</param>
    /// <param name="cancellationToken">Stops before the next letter.</param>
    /// <returns>How many are memories now, and how many remain dead letters.</returns>
    /// <exception cref="InvalidOperationException">The service is not started.</exception>
    /// <exception cref="OperationCanceledException">Stopped; what was replayed by then is.</exception>
    public Task<(int Stored, int Refused)> ReplayDeadLettersAsync(string? id = null, IProgress<int>? progress = null,
        CancellationToken cancellationToken = default) =>
        Running.ReplayAsync(id, progress, cancellationToken);

    /// <summary>Throws dead letters away, for good.</summary>
    /// <param name="id">Only this letter; all of them when not set.</param>
    /// <param name="olderThan">Only letters of at least that age.</param>
    /// <returns>How many.</returns>
    /// <exception cref="InvalidOperationException">The service is not started.</exception>
    public int PurgeDeadLetters(string? id = null, TimeSpan olderThan = default) => Running.Purge(id, olderThan);

    /// <summary>
    /// A person knows of problems that health reports until then: files that were damaged and set aside, parts of the journal in
    /// quarantine, records whose trigger is not known. For all processes of the data folder; one that occurs again is reported again.
    /// </summary>
    /// <param name="id">Only the problem of that id, which health names; all of them when not set.</param>
    /// <returns>The lines that health had.</returns>
    /// <exception cref="InvalidOperationException">The service is not started.</exception>
    /// <exception cref="IOException">The disk refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The files of problems may not be deleted.</exception>
    public IReadOnlyList<string> AcknowledgeProblems(string? id = null) =>
        [.. Running.Problems.Acknowledge(id).Select(static problem => problem.ToString())];

    /// <summary>
    /// Deletes memories, with their earlier versions, from every file of the data folder: store, full-text index, write-ahead log, journal,
    /// quarantine and other files that were set aside as damaged, dead letters, held records, vectors, archive. Stores first what is on
    /// its way. There is no way back.
    /// </summary>
    /// <param name="query">Which memories, of all users, expired and replaced ones as well.</param>
    /// <param name="cancellationToken">Stops; what is removed by then is gone.</param>
    /// <returns>How many memories were deleted, versions included, and the copies that it cannot reach, such as backups, in words.
    /// </returns>
    /// <exception cref="InvalidOperationException">The service is not started.</exception>
    /// <exception cref="MemoryBackendException">The store does not answer.</exception>
    public Task<(long Deleted, IReadOnlyList<string> Unreached)> PurgeAsync(
        MemoryQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Running.PurgeAsync(query, null, cancellationToken);
    }

    /// <summary>The same, of one memory.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops; what is removed by then is gone.</param>
    public Task<(long Deleted, IReadOnlyList<string> Unreached)> PurgeAsync(Guid id, CancellationToken cancellationToken = default) =>
        Running.PurgeAsync(new() { AllProjects = true }, id, cancellationToken);

    /// <summary>
    /// The configuration that counts now, with where each value comes from; <see langword="null"/> when the settings come from code alone.
    /// </summary>
    /// <exception cref="InvalidOperationException">The service is not started.</exception>
    public MemoryConfigurationReport? Configuration => Running.Configuration;

    /// <summary>Keeps what the program itself wants to know later, beside the memories of triggers.</summary>
    /// <exception cref="InvalidOperationException">The service is not started.</exception>
    public MemoryModule Memory => Running.Memory;

    /// <summary>The policies: why a memory was decided on as it was, what they would do with others, and another set of them.</summary>
    public PolicyEngine Policies => Running.Policies;

    /// <summary>Its status, also before the start and after the stop. <see langword="null"/> when it is not started, or stopped.</summary>
    internal MemoryRuntime? RunningOrNone => _isStopped ? null : Volatile.Read(ref _runtime);

    private MemoryRuntime Running => Volatile.Read(ref _runtime) is { } runtime && !_isStopped
        ? runtime
        : throw new InvalidOperationException("The memory trigger service is not started. With a host it starts with it; without one " +
            "call MemoryTriggerService.StartAsync().");

    /// <summary>
    /// Starts a runtime for a program without a host. Warnings go to the standard error stream unless loggers are given. The caller's
    /// asynchronous flow becomes that of the service, as with <see cref="BeginFlow"/>, until the service is stopped in it.
    /// </summary>
    /// <param name="configure">Changes the settings.</param>
    /// <param name="backend">The store; SQLite in the data folder when none is given. It is disposed with the service.</param>
    /// <param name="loggers">Where to log.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="OptionsValidationException">A setting is out of its bounds.</exception>
    /// <remarks>A folder that cannot be written, or a store that does not answer, is no error: see <see cref="GetHealthAsync"/>.</remarks>
    public static Task<MemoryTriggerService> StartAsync(
        Action<MemoryTriggersOptions>? configure = null, IMemoryBackend? backend = null, ILoggerFactory? loggers = null,
        CancellationToken cancellationToken = default)
    {
        var options = new MemoryTriggersOptions();
        configure?.Invoke(options);
        if (new MemoryTriggersOptionsValidator().Validate(null, options) is { Failed: true } result)
        {
            throw new OptionsValidationException(MemoryTriggersOptions.Section, typeof(MemoryTriggersOptions), result.Failures);
        }

        var service = new MemoryTriggerService(
            options, backend, loggers ?? LoggerFactory.Create(options.Configured is { } configured ? logging =>
                ConfigureLogging(logging, configured.First) : ConfigureLogging), TimeProvider.System, ownsLoggers: loggers is null);
        // Not an async method: what one changes in the flow does not come back to its caller.
        service._flow = service.BeginFlow();
        return service.StartedAsync(cancellationToken);
    }

    /// <summary>
    /// Until the result is disposed, what is captured in this asynchronous flow, on whatever thread, goes to this service, also when
    /// several run in the process. For a test or a worker with a service of its own; hosts begin the flows of their services and requests
    /// themselves. Outside of all such flows, and in those of a service that is not started, captures go to the service that was started
    /// last. While it starts nothing is captured; what ends after its stop is lost, which is logged once.
    /// </summary>
    /// <returns>Ends it, in the same flow; the flow around it resumes. It also ends with the asynchronous method that began it.</returns>
    public IDisposable BeginFlow() => new TargetFlow(_target);

    /// <summary>Waits until everything captured before the call is in the store.</summary>
    /// <param name="timeout">How long to wait; 30 seconds when not set.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns><see langword="false"/> when the time was up before; nothing is lost then, it is stored later.</returns>
    /// <exception cref="InvalidOperationException">The service is not started.</exception>
    /// <exception cref="OperationCanceledException">The wait was given up.</exception>
    public Task<bool> FlushAsync(TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        Running.FlushAsync(timeout ?? DefaultFlushTimeout, cancellationToken);

    /// <summary>Waits until everything captured before the call is forced to disk, and so survives a loss of power.</summary>
    /// <exception cref="InvalidOperationException">The service is not started.</exception>
    /// <exception cref="IOException">The disk refused.</exception>
    public ValueTask SyncAsync(CancellationToken cancellationToken = default) => Running.SyncAsync(cancellationToken);

    /// <summary>Its status, and the accounting of all records.</summary>
    /// <exception cref="InvalidOperationException">The service is not started.</exception>
    public Task<MemoryTriggersHealth> GetHealthAsync(CancellationToken cancellationToken = default) =>
        Running.GetHealthAsync(cancellationToken);

    /// <summary>The figures since the start. Asks nothing of the store.</summary>
    /// <exception cref="InvalidOperationException">The service is not started.</exception>
    public Task<MemoryMetrics> GetMetricsAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Running.Operations.Metrics());
    }

    /// <summary>
    /// Tries to bring the store back now, without waiting for the next health check: asks it, checks the settings and the data folder,
    /// opens it and reads, and checks that journal and database are safe on disk, in this order until it works. Harmless while it works;
    /// one run at a time.
    /// </summary>
    /// <param name="all">Tries every strategy, also after one that succeeded: to look at everything.</param>
    /// <param name="cancellationToken">Stops before the next strategy.</param>
    /// <exception cref="InvalidOperationException">The service is not started.</exception>
    /// <returns>Whether it works now; with <paramref name="all"/>, whether every strategy succeeded.</returns>
    /// <exception cref="OperationCanceledException">Stopped; what was tried by then is recorded.</exception>
    public async Task<bool> RecoverAsync(bool all = false, CancellationToken cancellationToken = default) =>
        (await Running.Operations.RecoverAsync(all, cancellationToken).ConfigureAwait(false)).IsRecovered;

    /// <summary>
    /// Remembers how the process ends, for a program without a host: the uncaught exception, unobserved exceptions of tasks, and an end
    /// while this is not stopped (<c>Environment.Exit</c>, a signal), each in the journal before the process is gone. Ends with
    /// <see cref="StopAsync"/>. Again is harmless. With a host use <c>AddHostHooks()</c>.
    /// </summary>
    /// <returns>This.</returns>
    /// <remarks><c>Environment.FailFast</c>, a stack overflow and <c>kill -9</c> give no process a last word.</remarks>
    public MemoryTriggerService WatchCrashes()
    {
        var watch = new ProcessWatch(Hooks);
        if (Interlocked.CompareExchange(ref _watch, watch, null) is not null) watch.Dispose();
        return this;
    }

    /// <summary>The counts of errors that occurred again, since the start.</summary>
    /// <returns>
    /// How often something was known; how often the store did not answer within <see cref="AutoRecallOptions.Budget"/>, so that the program
    /// went on without; and how often looking failed, as by an exception of the program's that throws when it is read.
    /// </returns>
    /// <exception cref="InvalidOperationException">The service is not started.</exception>
    public (long Recalled, long Abandoned, long Faults) GetAutoRecallStatistics() => Running.AutoRecall;

    /// <summary>
    /// Stops: takes nothing new, stores what is pending as long as <see cref="DeliveryOptions.ShutdownTimeout"/> allows. Again is harmless.
    /// </summary>
    public Task StopAsync(CancellationToken cancellationToken = default)
    {
        // Not an async method either, for the same reason as the start.
        _flow?.Dispose();
        return StopStagesAsync(cancellationToken);
    }

    /// <summary>As <see cref="StopAsync"/>.</summary>
    public ValueTask DisposeAsync() => new(StopAsync());

    /// <summary>Waits until the store is open, or cannot be opened for now, however long that takes.</summary>
    internal Task WaitForStoreAsync(CancellationToken cancellationToken) => Running.WaitForStoreAsync(cancellationToken);

    /// <summary>Waits until what ended processes left is stored, or cannot be for now.</summary>
    internal Task WaitForAdoptionAsync(CancellationToken cancellationToken) => Running.WaitForAdoptionAsync(cancellationToken);

    /// <summary>Starts it. Again is harmless while it runs.</summary>
    internal async Task StartAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_isStopped, this);
            if (_runtime is not null) return;
            _target.Begin();
            var runtime = new MemoryRuntime(_options, _backend, _loggers, _time, Hooks, _target);
            await runtime.StartAsync(cancellationToken).ConfigureAwait(false);
            _runtime = runtime;
        }
        catch (Exception) when (_target.Abandon())
        {
            // Never entered: its flows are those of the process again.
            throw;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<MemoryTriggerService> StartedAsync(CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken).ConfigureAwait(false);
        return this;
    }

    private async Task StopStagesAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            if (_runtime is null || _isStopped) return;
            _watch?.Dispose();
            await _runtime.StopAsync(cancellationToken).ConfigureAwait(false);
            _isStopped = true;
            if (_ownsLoggers) _loggers.Dispose();
        }
        finally
        {
            _gate.Release();
        }
    }

    // The configuration says from which level on; these loggers let all through.
    private static void ConfigureLogging(ILoggingBuilder logging, MemoryConfigurationReport report)
    {
        logging.SetMinimumLevel(report.Configuration.DebugMode || report.Says("monitoring.log_level") ? LogLevel.Trace : LogLevel.Warning);
        if (report.Configuration.Monitoring.StructuredLogging && report.Says("monitoring.structured_logging")) logging.AddJsonConsole();
        logging.AddConsole(static console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    private static void ConfigureLogging(ILoggingBuilder logging) => logging
        .SetMinimumLevel(LogLevel.Warning)
        .AddConsole(static console => console.LogToStandardErrorThreshold = LogLevel.Trace);
}
