using System.Collections.Concurrent;
using MemoryTriggers.Decoding;
using MemoryTriggers.Delivery.DeadLetters;
using MemoryTriggers.Files;
using MemoryTriggers.Journal;
using MemoryTriggers.TestKit;
using MemoryTriggers.TestKit.Disk;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Delivery;

/// <summary>Several batches on their way at once: stored in any order, acknowledged in theirs, and none twice.</summary>
[Collection(nameof(ProcessWide))]
public sealed class JournalDrainTests : IDisposable
{
    private readonly RecordingBackend _backend = new();
    private readonly CollectingLoggers _loggers = new(out _);
    private readonly CaptureJournal _journal;
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = [];

    public JournalDrainTests() => _journal = CaptureJournal.OpenInMemory(new JournalOptions(), _loggers.CreateLogger<CaptureJournal>(), TimeProvider.System);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _journal.Dispose();

    [Fact]
    public async Task Step_WithConcurrency_HasSeveralBatchesOnTheirWayAndAcknowledgesInOrder()
    {
        Append("a", "b", "c");
        HoldEach();
        var drain = Drain(concurrency: 2);

        var first = drain.StepAsync(null, Token);
        Assert.Equal(["a", "b"], Waiting());
        Release("b");
        await first;
        Assert.Equal(0, drain.Stored);

        var second = drain.StepAsync(null, Token);
        Release("a");
        await second;

        Assert.Equal(2, drain.Stored);
        Assert.Equal(1, _journal.GetStatistics().Pending);
        var third = drain.StepAsync(null, Token);
        Release("c");
        await third;
        Assert.Equal((3, 0), (drain.Stored, _journal.GetStatistics().Pending));
        Assert.False(await drain.StepAsync(null, Token));
    }

    [Fact]
    public async Task Step_BatchWithACorrection_WaitsForTheOnesBefore()
    {
        var (failed, correction) = CapturedRecords.Corrected();
        Append(failed);
        Append(correction);
        Append("after");
        var hold = new TaskCompletionSource();
        _backend.BeforeStore = (_, _) => _backend.Attempts.Count == 1 ? hold.Task : Task.CompletedTask;
        var drain = Drain(concurrency: 3);

        var step = drain.StepAsync(null, Token);
        Assert.Single(_backend.Attempts);
        hold.SetResult();
        await step;
        while (await drain.StepAsync(null, Token))
        {
        }

        Assert.Equal(["op", "op", "after"], _backend.Attempts.Select(static batch => batch[0].Key));
        Assert.Contains("second", (await _backend.GetAsync(_backend.Attempts[0][0].Id, Token))!.Content, StringComparison.Ordinal);
        Assert.Equal(3, drain.Stored);
    }

    [Fact]
    public async Task Step_DeliveryCompletesWhileTheDrainLooks_StoresEachRecordOnce()
    {
        const int Records = 20_000;
        for (var number = 0; number < Records; number++) Append(CapturedRecords.Of("quick"));
        _backend.BeforeStore = static async (_, _) => await Task.Yield();
        var drain = Drain(concurrency: 1);

        while (await drain.StepAsync(null, Token))
        {
        }

        Assert.Equal((Records, 0), (drain.Stored, _journal.GetStatistics().Pending));
        Assert.Equal(Records, _backend.Attempts.Count);
    }

    [Fact]
    public async Task Step_Stopped_ReadsWhatWasUnderWayAgainNextTime()
    {
        Append("a", "b");
        HoldEach();
        using var stop = new CancellationTokenSource();
        var drain = Drain(concurrency: 2);

        var step = drain.StepAsync(null, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await step;
            while (await drain.StepAsync(null, stop.Token))
            {
            }
        });

        Assert.Equal((0, 2), (drain.Stored, _journal.GetStatistics().Pending));
        _backend.BeforeStore = null;
        while (await drain.StepAsync(null, Token))
        {
        }

        Assert.Equal((2, 0), (drain.Stored, _journal.GetStatistics().Pending));
    }

    [Fact]
    public async Task Step_RecordArrivesWhileABatchIsStuck_IsStoredAtOnce()
    {
        Append("stuck");
        HoldEach();
        var drain = Drain(concurrency: 2);
        var arrival = new TaskCompletionSource();

        var step = drain.StepAsync(() => arrival.Task, Token);
        Assert.Equal(["stuck"], Waiting());
        Append(TriggerPriority.Critical, CapturedRecords.Of("urgent"));
        arrival.SetResult();
        await step;
        Release("urgent");
        var next = drain.StepAsync(null, Token);
        await next;

        Assert.Equal(1, drain.Stored);
        Release("stuck");
        await drain.StepAsync(null, Token);
        Assert.Equal(2, drain.Stored);
    }

    [Fact]
    public async Task Step_DeadLetterCannotBeKeptWhileAnotherLaneIsStuck_SaysSoAndReadsBothAgain()
    {
        Append(TriggerPriority.High, CapturedRecords.Of("stuck"));
        Append(TriggerPriority.Critical, CapturedRecords.Of("poison"));
        _backend.BeforeStore = (batch, token) => batch[0].Key == "poison"
            ? throw new MemoryBackendException("recording", "400", isTransient: false)
            : Gate("stuck").Task.WaitAsync(token);
        var disk = new SimulatedDisk(keepsMappedBlocks: true) { Capacity = 0 };
        var drain = Drain(concurrency: 2, disk);

        await Assert.ThrowsAsync<IOException>(() => drain.StepAsync(null, Token));

        disk.Capacity = long.MaxValue;
        _backend.BeforeStore = null;
        while (await drain.StepAsync(null, Token))
        {
        }

        Assert.Equal((2, 0), (drain.Stored, _journal.GetStatistics().Pending));
    }

    private void Append(params string[] operations)
    {
        foreach (var operation in operations) Append(CapturedRecords.Of(operation));
    }

    private void Append(byte[] record) => Append(TriggerPriority.High, record);

    private void Append(TriggerPriority lane, byte[] record)
    {
        _journal.DescribeTrigger(CaptureDecoder.Decode(record).DescriptorId, DefinitionJson.Write(CapturedRecords.Definition));
        Assert.Equal(JournalAppendResult.Accepted, _journal.TryAppend(lane, record));
    }

    private void HoldEach() => _backend.BeforeStore = (batch, token) => Gate(batch[0].Key).Task.WaitAsync(token);

    private void Release(string key) => Gate(key).TrySetResult();

    private TaskCompletionSource Gate(string key) => _gates.GetOrAdd(key, static _ => new TaskCompletionSource());

    private IEnumerable<string> Waiting() => _backend.Attempts.Select(static batch => batch[0].Key);

    private JournalDrain Drain(int concurrency, SimulatedDisk? disk = null)
    {
        var options = new DeliveryOptions { BatchSize = 1, Concurrency = concurrency, AutoTune = false };
        var letters = new DeadLetterStore(disk is null ? null : "/letters/dead-letters.dat", TimeProvider.System, _loggers.CreateLogger<DeadLetterStore>(), disk ?? (IDisk)SystemDisk.Instance);
        return new JournalDrain(
            _journal, new RecordDelivery(_backend, new MemoryComposer("p"), letters, options, TimeProvider.System, _loggers.CreateLogger<RecordDelivery>()), options);
    }
}
