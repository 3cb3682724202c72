namespace MemoryTriggers.Reports;

/// <summary>One thing that went wrong in a run.</summary>
internal sealed record RunFailure
{
    /// <summary>The failed test or project, by its stable name.</summary>
    public required string Operation { get; init; }

    /// <summary>The code of an error, or the type of an exception.</summary>
    public string Type { get; init; } = "";

    public string Message { get; init; } = "";

    /// <summary>Where: the stack trace of a test, the file of an error.</summary>
    public string Trace { get; init; } = "";

    public Dictionary<string, string> Metadata { get; init; } = [];
}
