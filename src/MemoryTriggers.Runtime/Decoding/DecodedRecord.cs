using System.Text.Json.Nodes;
using MemoryTriggers.Capture;

namespace MemoryTriggers.Decoding;

/// <summary>A capture record with its fields sorted out. What stood twice holds the later value, tags and exceptions all.</summary>
internal sealed class DecodedRecord
{
    public required Guid Id { get; init; }

    public required ulong DescriptorId { get; init; }

    public required TriggerOutcome Outcome { get; init; }

    public bool IsFailed => Outcome.IsError();

    public required TriggerPriority Priority { get; init; }

    public required CaptureFlags Flags { get; init; }

    public required Guid? ParentId { get; init; }

    public required string TraceId { get; init; }

    public required string? SpanId { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>The place in time of the memory.</summary>
    public DateTimeOffset EndedAt =>
        Duration < DateTimeOffset.MaxValue - StartedAt ? StartedAt + Duration : DateTimeOffset.MaxValue;

    public Dictionary<int, JsonNode?> Arguments { get; } = [];

    public bool HasResult { get; set; }

    public JsonNode? Result { get; set; }

    public List<CapturedException> Exceptions { get; } = [];

    public List<CapturedException> Handled { get; } = [];

    /// <summary>The exception that was read last: what follows of members is its.</summary>
    public CapturedException? LastException { get; set; }

    public Dictionary<string, JsonNode?> Metadata { get; } = [];

    public List<string> Tags { get; } = [];

    public Dictionary<CaptureOverride, string> Overrides { get; } = [];

    public long? Items { get; set; }
}
