namespace MemoryTriggers;

/// <summary>Which activities become memories.</summary>
public sealed class ActivityHookOptions
{
    /// <summary>
    /// The names of the sources that are listened to; <c>Shop.*</c> matches all with that prefix. <value>None: a source without a listener
    /// costs nothing, and makes no activities</value>
    /// </summary>
    public IList<string> Sources { get; } = [];

    /// <summary>Whether only failed ones, and slow ones, are remembered. <value>false</value></summary>
    public bool OnlyFailures { get; set; }

    /// <summary>From what time on one counts as slow, and is remembered where only failures are. <value>None is slow</value></summary>
    public TimeSpan? SlowAfter { get; set; }

    /// <summary>
    /// Whether the tags of activities are remembered as metadata; of an address only the part before the query. <value>true</value>
    /// </summary>
    public bool IncludeTags { get; set; } = true;
}
