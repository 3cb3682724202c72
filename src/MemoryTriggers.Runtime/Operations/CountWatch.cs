using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Operations;

/// <summary>
/// Looks at the counts now and then: for alerts, and for the trend of the store. One loop; what it found may be read by any.
/// </summary>
internal sealed class CountWatch
{
    private readonly MemoryOperations _operations;
    private readonly OperationsOptions _options;
    private readonly AlertDispatcher _dispatcher;
    private readonly OperationInstruments _instruments;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly LiveTimer _timer;
    private readonly AlertWatch _window;
    private readonly FailurePredictor _predictor;
    private readonly long _started;
    private StoreCounts _last;
    private FailurePrediction? _prediction;

    public CountWatch(MemoryOperations operations, OperationsOptions options, AlertDispatcher dispatcher, OperationInstruments instruments,
        TimeProvider time, ILogger logger)
    {
        (_operations, _options, _dispatcher, _instruments, _time, _logger) = (operations, options, dispatcher, instruments, time, logger);
        _timer = new LiveTimer(() => options.WatchInterval, time);
        _window = new AlertWatch(() => options.Alerts.Window, time);
        _predictor = new FailurePredictor(options.Prediction, options.CircuitBreaker);
        _started = time.GetTimestamp();
        Book = new AlertBook(options.Alerts.ResolveAfter, time);
    }

    public AlertBook Book { get; }

    /// <summary>The prediction of the last check.</summary>
    public FailurePrediction? Prediction => Volatile.Read(ref _prediction);

    /// <summary>Runs until it is cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => _timer.RunAsync(
        () =>
        {
            Step();
            return Task.CompletedTask;
        },
        cancellationToken);

    /// <summary>Looks once.</summary>
    public void Step()
    {
        try
        {
            Look();
        }
        catch (Exception exception)
        {
            // Pump boundary: a failed check must not end the loop.
            Log.LookFailed(_logger, exception);
        }
    }

    private void Look()
    {
        var counts = _operations.Counts();
        var calls = _operations.StoreCounts;
        Volatile.Write(ref _prediction, Predict(calls));
        var ages = _operations.Age.Look(counts.Journal.Lanes);
        var (inWindow, drops) = _window.Look(calls, counts.DroppedUnasked);
        if (!_options.Alerts.Enabled) return;

        var look = new AlertLook
        {
            Calls = inWindow,
            Drops = drops,
            QueueAge = ages.Count > 0 ? ages.Values.Max() : TimeSpan.Zero,
            FreeDisk = _operations.FreeDisk(),
            StoreProblem = _operations.StoreProblem,
            Prediction = _prediction,
        };
        foreach (var notice in Book.Note(AlertRules.Find(look, _options.Alerts)))
        {
            if (!notice.IsResolved) _instruments.Alerted(AlertNames.Of(notice.Kind));
            _dispatcher.Add(notice);
        }
    }

    private FailurePrediction? Predict(StoreCounts calls)
    {
        var since = calls - _last;
        _last = calls;
        if (_operations.CircuitBreakers.Any(static circuit => circuit.State != CircuitState.Closed))
        {
            _predictor.Clear();
            return null;
        }

        if (since.Calls == 0) return _prediction;
        return _predictor.Add(new StoreSample(_time.GetElapsedTime(_started).TotalSeconds, since.Time.TotalSeconds / since.Calls,
            (double)since.Failures / since.Calls));
    }
}
