namespace MemoryTriggers.Generators.Parsing;

/// <summary>A trigger, as its attribute and method declare it.</summary>
internal sealed record TriggerModel
{
    public required string Type { get; init; }

    public required string Operation { get; init; }

    public required string DeclaringType { get; init; }

    public required string TypeName { get; init; }

    public required string? MessageType { get; init; }

    public required string Signature { get; init; }

    public required string? Subject { get; init; }

    public required string? Project { get; init; }

    public required int? Priority { get; init; }

    public required EquatableArray<string> Tags { get; init; }

    public required EquatableArray<string> Parameters { get; init; }

    /// <summary>Of the parameters that are captured; empty for others.</summary>
    public required EquatableArray<string> ParameterTypes { get; init; }

    public required string? ResultType { get; init; }

    public required string? Content { get; init; }

    public required bool CaptureArguments { get; init; }

    public required bool CaptureResult { get; init; }

    public required bool CaptureOnSuccess { get; init; }

    public required bool CaptureOnError { get; init; }

    public required int Durability { get; init; }

    public required bool IsCommandLine { get; init; }

    public required bool RememberEach { get; init; }
}
