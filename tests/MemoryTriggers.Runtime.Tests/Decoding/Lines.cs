using System.Text.Json.Nodes;
using MemoryTriggers.Capture;

namespace MemoryTriggers.Decoding;

/// <summary>Records and definitions of methods, and the memories that they make.</summary>
internal static class Lines
{
    public static TriggerDefinition Method(string space, string type, string operation, bool each = true, string? message = null) => new()
    {
        Type = TriggerType.WorkflowCompletion, Operation = operation, DeclaringType = $"{space}.{type}", TypeName = type, MessageType = message,
        RememberEach = each,
    };

    public static DecodedRecord Record(TriggerOutcome outcome = TriggerOutcome.Success, JsonNode? result = null) => new()
    {
        Id = Guid.NewGuid(), DescriptorId = 0, Outcome = outcome, Priority = TriggerPriority.High, Flags = default, ParentId = null, TraceId = "",
        SpanId = null, StartedAt = DateTimeOffset.UnixEpoch, Duration = TimeSpan.FromMilliseconds(12.5), HasResult = result is not null, Result = result,
    };

    public static DecodedRecord Failed(string type, string message, JsonObject? members = null)
    {
        var record = Record(TriggerOutcome.Failure);
        var exception = new CapturedException(type, message, "");
        foreach (var (name, value) in members ?? []) exception.Members[name] = value?.DeepClone();
        record.Exceptions.Add(exception);
        return record;
    }

    public static MemoryEntry Entry(TriggerDefinition definition, DecodedRecord record, LineStyle style = LineStyle.Auto) =>
        new MemoryComposer("shop", new LineOptions { Style = style }).Compose(record, definition);
}
