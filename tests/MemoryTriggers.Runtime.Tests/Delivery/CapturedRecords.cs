using MemoryTriggers.Capture;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Delivery;

/// <summary>Real records, as capture writes them. Uses the process-wide hub.</summary>
internal static class CapturedRecords
{
    /// <summary>The trigger of all of them, as far as that matters here.</summary>
    public static TriggerDefinition Definition { get; } = new() { Type = TriggerType.WorkflowCompletion, Operation = "op" };

    public static byte[] Of(string operation)
    {
        using var sink = new RecordingSink();
        using (TriggerScope.Workflow(operation))
        {
        }

        return sink.Records[0].Bytes;
    }

    /// <summary>A record, and the one that corrects it.</summary>
    public static (byte[] First, byte[] Correction) Corrected()
    {
        using var sink = new RecordingSink();
        var descriptor = TriggerHub.Describe(new TriggerDefinition { Type = TriggerType.WorkflowCompletion, Operation = "op" });
        var record = TriggerHub.Begin(descriptor)!;
        TriggerHub.Fail(record, new InvalidOperationException("first"));
        TriggerHub.Fail(record, new InvalidOperationException("second"));
        TriggerHub.End(record);
        return (sink.Records[0].Bytes, sink.Records[1].Bytes);
    }
}
