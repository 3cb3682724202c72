namespace MemoryTriggers;

/// <summary>Which activities become memories.</summary>
public sealed class ActivityHookOptions
{
    /// <summary>
    /// The names of the sources that are listened to; <c>Shop.*</c> stands for all that begin so. <value>None: a source that nobody listens to costs
    /// nothing, and makes no activities</value>
    /// </summary>
    public IList<string> Sources { get; } = [];

    /// <summary>Whether only failed ones, and slow ones, are remembered. <value>false</value></summary>
    public bool OnlyFailures { get; set; }

    /// <summary>From what time on one counts as slow, and is remembered where only failures are. <value>None is slow</value></summary>
    public TimeSpan? SlowAfter { get; set; }

    /// <summary>Whether the tags of activities are remembered as metadata; of an address only what stands before the query. <value>true</value></summary>
    public bool IncludeTags { get; set; } = true;
}
