using System.Text.Json;

namespace MemoryTriggers.Reports;

/// <summary>The report of a build or a test run. The loggers write it, the recorder reads it.</summary>
internal sealed record RunReport
{
    /// <summary><c>build</c> or <c>test</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The run, by its stable name.</summary>
    public required string Operation { get; init; }

    public bool Succeeded { get; init; }

    public TimeSpan Duration { get; init; }

    /// <summary>How many of what.</summary>
    public Dictionary<string, long> Counts { get; init; } = [];

    public List<RunFailure> Failures { get; init; } = [];

    /// <summary>The operations that succeeded, among which there may be some that have failed in an earlier run.</summary>
    public List<string> Passed { get; init; } = [];

    public static RunReport? Read(string json) => string.IsNullOrWhiteSpace(json) ? null : JsonSerializer.Deserialize<RunReport>(json);

    public string Write() => JsonSerializer.Serialize(this);
}
