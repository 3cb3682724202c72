using System.Collections.Concurrent;
using MemoryTriggers.Capture;
using MemoryTriggers.Decoding;
using MemoryTriggers.Delivery.DeadLetters;
using MemoryTriggers.Delivery.Holding;
using MemoryTriggers.Files;
using MemoryTriggers.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using MemoryTriggers.Problems;

namespace MemoryTriggers.Delivery.Echoes;

/// <summary>A delivery over a store, with rules; a process may end and another one begin. Uses the process-wide hub.</summary>
internal sealed class EchoDelivery : IDeliveryRules, IDisposable
{
    private static readonly ConcurrentDictionary<ulong, TriggerDefinition> Definitions = [];
    private readonly TemporaryDirectory _directory = new();
    private readonly HoldingStore _holding;

    public EchoDelivery()
    {
        _holding = new HoldingStore(_directory.Path, ProblemLog.At(null, Time), Time);
        Letters = new DeadLetterStore(_directory.File("dead-letters.dat"), Time, NullLogger<DeadLetterStore>.Instance, SystemDisk.Instance);
        Restart();
    }

    public EchoStore Store { get; } = new();

    public ManualTimeProvider Time { get; } = new();

    public DeadLetterStore Letters { get; }

    public DeliveryOptions Options { get; } = new() { RetryDelay = TimeSpan.FromSeconds(1) };

    public RecordDelivery Delivery { get; private set; } = null!;

    /// <summary>The keys of the memories that are denied.</summary>
    public HashSet<string> Denied { get; } = [];

    public DeliveryRuling Rule(MemoryEntry entry) => new(Denied.Contains(entry.Key) ? null : entry);

    public void CommitDecisions()
    {
    }

    /// <summary>The next process: what the one before knew is gone.</summary>
    public void Restart() => Delivery = new RecordDelivery(
        Store, new MemoryComposer("p"), Letters, Options, Time, NullLogger<RecordDelivery>.Instance,
        sorting: new RecordSorting(this, _holding), provisional: new ProvisionalRecords(Time));

    public Task<DeliveryResult> DeliverAsync(params byte[][] batch) => DeliverAsync(TestContext.Current.CancellationToken, batch);

    public Task<DeliveryResult> DeliverAsync(CancellationToken stop, params byte[][] batch) =>
        Delivery.DeliverAsync(
            [.. batch.Select(static record => new ReadOnlyMemory<byte>(record))], static id => Definitions.GetValueOrDefault(id, CapturedRecords.Definition), stop);

    /// <summary>Delivers while the clock runs, so that pauses pass.</summary>
    public async Task<DeliveryResult> DeliverThroughAsync(params byte[][] batch)
    {
        var delivery = DeliverAsync(batch);
        while (!delivery.IsCompleted)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return await delivery;
    }

    /// <summary>The records of operations inside of each other that one exception leaves; the innermost is the first.</summary>
    public static byte[][] Failure(params string[] operations)
    {
        using var sink = new RecordingSink();
        var thrown = new InvalidOperationException($"failure {Guid.NewGuid()}");
        var open = operations.Reverse().Select(static name => TriggerHub.Begin(Described(name))!).ToList();
        open.Reverse();
        foreach (var record in open)
        {
            TriggerHub.Fail(record, thrown);
            TriggerHub.End(record);
        }

        return [.. sink.Records.Select(static record => record.Bytes)];
    }

    /// <summary>
    /// The records of an operation inside another one, in the order of the calls. The first argument fails the inner one with an exception,
    /// the second the outer one; a second failure corrects the first.
    /// </summary>
    public static byte[][] Corrected(Action<Action<Exception>, Action<Exception>> fail)
    {
        using var sink = new RecordingSink();
        var outer = TriggerHub.Begin(Described("request"))!;
        var inner = TriggerHub.Begin(Described("charge"))!;
        fail(exception => TriggerHub.Fail(inner, exception), exception => TriggerHub.Fail(outer, exception));
        TriggerHub.End(inner);
        TriggerHub.End(outer);
        return [.. sink.Records.Select(static record => record.Bytes)];
    }

    /// <summary>The records of an operation and of one inside of it; the inner one is the first.</summary>
    public static byte[][] Success(string inner, string outer)
    {
        using var sink = new RecordingSink();
        using (TriggerScope.Workflow(outer))
        {
            using (TriggerScope.Workflow(inner))
            {
            }
        }

        return [.. sink.Records.Select(static record => record.Bytes)];
    }

    private static TriggerDescriptor Described(string operation)
    {
        var descriptor = TriggerHub.Describe(new() { Type = TriggerType.WorkflowCompletion, Operation = operation });
        Definitions[descriptor.Id] = descriptor.Definition;
        return descriptor;
    }

    public void Dispose()
    {
        _holding.Dispose();
        _directory.Dispose();
    }
}
