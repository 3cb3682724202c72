using MemoryTriggers.Capture;
using MemoryTriggers.Decoding;
using MemoryTriggers.Delivery.DeadLetters;
using MemoryTriggers.Files;
using MemoryTriggers.TestKit;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Delivery;

[Collection(nameof(ProcessWide))]
public sealed class RecordDeliveryTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly RecordingBackend _backend = new();
    private readonly CollectingLoggers _loggers = new(out _);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Deliver_Unreadable_BecomesADeadLetterWithItsBytesAndTheOthersAreStored()
    {
        byte[] garbage = [1, 2, 3];

        var result = await Delivery().DeliverAsync([CapturedRecords.Of("a"), garbage, CapturedRecords.Of("b")], static _ => CapturedRecords.Definition, Token);

        var letter = Assert.Single(DeadLetters().List());
        Assert.Equal(new DeliveryResult(Stored: 2, DeadLettered: 1), result);
        Assert.Equal(garbage, letter.Record);
        Assert.Contains("cannot be read", letter.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deliver_CorrectionInTheSameBatch_StoresTheLaterOne()
    {
        var (first, correction) = CapturedRecords.Corrected();

        await Delivery().DeliverAsync([first, correction], static _ => CapturedRecords.Definition, Token);

        Assert.Equal(TriggerOutcome.Failure, Assert.Single(Assert.Single(_backend.Attempts)).Outcome);
    }

    [Fact]
    public async Task Deliver_DefinitionLost_KeepsTheRecordUnderAnUnknownTrigger()
    {
        await Delivery().DeliverAsync([CapturedRecords.Of("kept")], static _ => CapturedRecords.Definition, Token);

        Assert.Equal("kept", Assert.Single(Assert.Single(_backend.Attempts)).Key);
    }

    [Fact]
    public async Task Deliver_AttemptTakesTooLong_IsTriedAgain()
    {
        var attempts = 0;
        _backend.BeforeStore = (_, token) => attempts++ == 0 ? Task.Delay(Timeout.InfiniteTimeSpan, token) : Task.CompletedTask;

        var result = await Delivery(static options => options.OperationTimeout = TimeSpan.FromMilliseconds(400)).DeliverAsync([CapturedRecords.Of("a")], static _ => CapturedRecords.Definition, Token);

        Assert.Equal(new DeliveryResult(Stored: 1, DeadLettered: 0), result);
        Assert.Equal(2, attempts);
        Assert.Contains(_loggers.Warnings, static line => line.Contains("failed (attempt 1)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Deliver_BackendThrowsSomethingUnexpected_IsAnOutageAndNotARefusal()
    {
        var attempts = 0;
        _backend.BeforeStore = (_, _) => attempts++ < 3 ? throw new InvalidOperationException("a defect") : Task.CompletedTask;

        var result = await Delivery().DeliverAsync([CapturedRecords.Of("a")], static _ => CapturedRecords.Definition, Token);

        Assert.Equal(new DeliveryResult(Stored: 1, DeadLettered: 0), result);
        Assert.Empty(DeadLetters().List());
    }

    [Fact]
    public async Task Deliver_Stopped_DeliversNothing()
    {
        using var stop = new CancellationTokenSource();
        _backend.BeforeStore = (_, _) =>
        {
            stop.Cancel();
            throw new MemoryBackendException("recording", "down", isTransient: true);
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Delivery().DeliverAsync([CapturedRecords.Of("a")], static _ => CapturedRecords.Definition, stop.Token));

        Assert.Empty(DeadLetters().List());
    }

    [Fact]
    public void DeadLetters_OneThatCannotBeRead_IsPassedOverWithAWarning()
    {
        DeadLetters().Add([1], "whole");
        var file = new LetterFile(_directory.File("dead-letters.dat"), SystemDisk.Instance, TimeProvider.System);
        file.Refresh();
        file.Add("0-unreadable", "{ half"u8);

        Assert.Equal("whole", Assert.Single(DeadLetters().List()).Reason);
        Assert.Contains(_loggers.Warnings, static line => line.Contains("0-unreadable", StringComparison.Ordinal));
    }

    [Fact]
    public void Sink_UnwovenAssembly_WarnsOnce()
    {
        var sink = new JournalCaptureSink(null!, new PumpSignal(TimeProvider.System), new TriggerLimits([]), new ProvisionalRecords(TimeProvider.System), TimeSpan.FromSeconds(1), _loggers.CreateLogger<JournalCaptureSink>());

        sink.ReportUnwoven(typeof(RecordDeliveryTests).Assembly);

        Assert.Contains("MemoryTriggers.Runtime.Tests has memory triggers but was not woven", Assert.Single(_loggers.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Sink_TypeChangedByAHotReload_Warns()
    {
        var sink = new JournalCaptureSink(null!, new PumpSignal(TimeProvider.System), new TriggerLimits([]), new ProvisionalRecords(TimeProvider.System), TimeSpan.FromSeconds(1), _loggers.CreateLogger<JournalCaptureSink>());

        sink.ReportReloaded(typeof(RecordDeliveryTests));

        Assert.Contains($"hot reload changed {typeof(RecordDeliveryTests).FullName}", Assert.Single(_loggers.Warnings), StringComparison.Ordinal);
    }

    private RecordDelivery Delivery(Action<DeliveryOptions>? configure = null)
    {
        var options = new DeliveryOptions { RetryDelay = TimeSpan.FromMilliseconds(1) };
        configure?.Invoke(options);
        return new RecordDelivery(_backend, new MemoryComposer("p"), DeadLetters(), options, TimeProvider.System, _loggers.CreateLogger<RecordDelivery>());
    }

    private DeadLetterStore DeadLetters() => new(_directory.File("dead-letters.dat"), TimeProvider.System, _loggers.CreateLogger<DeadLetterStore>(), SystemDisk.Instance);
}
