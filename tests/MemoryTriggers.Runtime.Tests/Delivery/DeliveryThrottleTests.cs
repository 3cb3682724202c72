using MemoryTriggers.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Delivery;

public sealed class DeliveryThrottleTests
{
    private readonly ManualTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(100, 1)]
    [InlineData(100, 7)]
    [InlineData(100, 100)]
    [InlineData(1, 1)]
    public async Task Wait_WhateverTheBatches_PassesNeverMoreThanTheRateInAnySecond(int rate, int batch)
    {
        var throttle = new DeliveryThrottle(rate, _time);
        var passed = new List<(TimeSpan At, int Records)>();
        var start = _time.GetTimestamp();

        var passing = PassAllAsync();
        while (!passing.IsCompleted)
        {
            if (_time.Timers > 0) _time.Advance(TimeSpan.FromMilliseconds(10));
            else await Task.Yield();
        }

        await passing;
        Assert.All(passed, first =>
        {
            var within = passed.Where(other => other.At >= first.At && other.At < first.At + TimeSpan.FromSeconds(1));
            Assert.InRange(within.Sum(static other => other.Records), 1, rate);
        });

        async Task PassAllAsync()
        {
            for (var i = 0; i < 5 * rate / batch; i++)
            {
                await throttle.WaitAsync(batch, Token);
                passed.Add((_time.GetElapsedTime(start), batch));
            }
        }
    }

    [Fact]
    public async Task Wait_AfterAnIdleHour_HasSavedNothingUp()
    {
        var throttle = new DeliveryThrottle(50, _time);
        _time.Advance(TimeSpan.FromHours(1));
        await throttle.WaitAsync(50, Token);

        var next = throttle.WaitAsync(1, Token).AsTask();
        _time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(next.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        await next;
    }

    [Fact]
    public void Wait_WithoutARate_NeverWaits()
    {
        var throttle = new DeliveryThrottle(0, _time);

        for (var i = 0; i < 1_000; i++) Assert.True(throttle.WaitAsync(1_000, Token).IsCompletedSuccessfully);
        Assert.Equal(int.MaxValue, throttle.MaxBatch);
    }

    [Fact]
    public async Task Wait_Stopped_PassesTheTurnOn()
    {
        var throttle = new DeliveryThrottle(1, _time);
        await throttle.WaitAsync(1, Token);
        using var stop = new CancellationTokenSource();
        var stopped = throttle.WaitAsync(1, stop.Token).AsTask();
        var next = throttle.WaitAsync(1, Token).AsTask();

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);
        await TimerAsync();
        _time.Advance(TimeSpan.FromSeconds(1));

        await next;
    }

    [Fact]
    public async Task Store_MoreThanTheRate_IsCut()
    {
        var store = new RecordingBackend();
        var options = new DeliveryOptions { OperationsPerSecond = 50, OperationTimeout = TimeSpan.FromMinutes(1) };
        var attempts = new StoreAttempts(store, options, _time, NullLogger.Instance);
        var storing = attempts.StoreOnceAsync([.. Enumerable.Range(0, 120).Select(static _ => Any.Entry())], Token).AsTask();

        for (var second = 0; second < 2; second++)
        {
            await TimerAsync();
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        await storing;
        Assert.Equal([50, 50, 20], store.Attempts.Select(static batch => batch.Count));
    }

    // Until a waiting batch has set its timer.
    private async Task TimerAsync()
    {
        while (_time.Timers == 0) await Task.Yield();
    }
}
