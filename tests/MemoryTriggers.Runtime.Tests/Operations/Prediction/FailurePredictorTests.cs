using MemoryTriggers.Circuits;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Operations;

public sealed class FailurePredictorTests
{
    // The recordings are of 45 s, with a store that is quicker than most: everything is smaller than the defaults, by about the same.
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly CircuitBreakerOptions Circuit = new() { SlowCall = TimeSpan.FromSeconds(1), SamplingWindow = TimeSpan.FromSeconds(10) };
    private static readonly FailurePredictionOptions Options = new() { Horizon = TimeSpan.FromSeconds(60) };

    [Theory]
    [InlineData("latency", "latency")]
    [InlineData("errors", "error_rate")]
    public void Add_StoreThatGetsWorse_WarnsBeforeItsCircuitOpens(string recording, string signal)
    {
        var (warned, opened) = Play(recording);

        Assert.NotNull(warned);
        Assert.NotNull(opened);
        Assert.Equal(signal, warned.Value.Prediction.Signal);
        Assert.True(warned.Value.At < opened, $"warned at {warned.Value.At}, open at {opened}");
    }

    [Fact]
    public void Add_StoreThatIsFine_SaysNothing()
    {
        var (warned, opened) = Play("calm");

        Assert.Null(warned);
        Assert.Null(opened);
    }

    [Fact]
    public void Add_SteadyRise_KnowsWhenTheLimitIsReached()
    {
        var predictor = new FailurePredictor(new(), new());
        FailurePrediction? prediction = null;

        for (var look = 0; look < 10; look++) prediction = predictor.Add(new StoreSample(look * 5, 0.1 + (look * 0.1), 0));

        Assert.Equal(("latency", 200), (prediction!.Signal, Math.Round(prediction.ExpectedIn.TotalSeconds)));
        Assert.Equal((1.0, 5.0), (Math.Round(prediction.Level, 6), prediction.Limit));
    }

    [Fact]
    public void Add_OneOutlier_SaysNothing()
    {
        var predictor = new FailurePredictor(new(), new());

        for (var look = 0; look < 20; look++) Assert.Null(predictor.Add(new StoreSample(look * 5, look == 15 ? 4.9 : 0.1, look == 16 ? 1 : 0)));
    }

    [Fact]
    public void Add_RiseTooSlow_SaysNothing()
    {
        var predictor = new FailurePredictor(new(), new());

        for (var look = 0; look < 50; look++) Assert.Null(predictor.Add(new StoreSample(look * 5, 0.01 + (look * 0.001), 0)));
    }

    [Fact]
    public void Add_AfterClear_BeginsAnew()
    {
        var predictor = new FailurePredictor(new(), new());
        for (var look = 0; look < 10; look++) predictor.Add(new StoreSample(look, look, 0));

        predictor.Clear();

        Assert.Null(predictor.Add(new StoreSample(11, 11, 0)));
    }

    [Fact]
    public void Add_SwitchedOff_SaysNothing()
    {
        var predictor = new FailurePredictor(new() { Enabled = false }, new());

        for (var look = 0; look < 10; look++) Assert.Null(predictor.Add(new StoreSample(look, look, 1)));
    }

    // The circuit and the predictor see the same calls, at the times at which they were made.
    private static ((TimeSpan At, FailurePrediction Prediction)? Warned, TimeSpan? Opened) Play(string recording)
    {
        var clock = new ManualTimeProvider();
        var circuit = new CircuitBreaker(recording, Circuit, clock, new CollectingLoggers(out _));
        var predictor = new FailurePredictor(Options, Circuit);
        (TimeSpan, FailurePrediction)? warned = null;
        TimeSpan? opened = null;
        foreach (var calls in RecordedCalls.Read(recording).GroupBy(static call => (int)(call.End / Look)))
        {
            var time = Look * (calls.Key + 1);
            foreach (var call in calls)
            {
                if (!circuit.TryEnter(out var pass)) break;
                var started = clock.GetTimestamp() + ((call.End - call.Duration) - Now()).Ticks;
                if (call.End > Now()) clock.Advance(call.End - Now());
                circuit.Leave(pass with { Started = started }, call.IsFailure ? CallOutcome.Failure : CallOutcome.Success);
            }

            if (circuit.State != CircuitState.Closed) opened ??= time;
            if (warned is null && predictor.Add(Sample(calls, time)) is { } prediction) warned = (time, prediction);
        }

        return (warned, opened);

        TimeSpan Now() => clock.GetUtcNow() - new ManualTimeProvider().GetUtcNow();
    }

    private static StoreSample Sample(IEnumerable<(TimeSpan End, TimeSpan Duration, bool IsFailure)> calls, TimeSpan at) =>
        new(at.TotalSeconds, calls.Average(static call => call.Duration.TotalSeconds), calls.Average(static call => call.IsFailure ? 1.0 : 0));
}
