namespace MemoryTriggers.Recording;

/// <summary>The tags of what is remembered of runs of one kind.</summary>
internal sealed record RunTags(string Kind)
{
    public string Run => Kind + "-run";

    public string Failure => Kind + "-failure";

    public string Fixed => Kind + "-fixed";
}
