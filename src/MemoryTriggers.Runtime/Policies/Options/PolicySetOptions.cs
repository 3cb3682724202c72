namespace MemoryTriggers;

/// <summary>The options of a set of policies besides its rules. Taken over when the set is compiled.</summary>
public sealed class PolicySetOptions
{
    /// <summary>The zone of <c>time_range</c>. <value>The zone of the machine.</value></summary>
    public TimeZoneInfo TimeZone { get; set; } = TimeZoneInfo.Local;

    /// <summary>Changes which memories <c>probability</c> picks. <value>0</value></summary>
    public int Seed { get; set; }

    /// <summary>The types of action that an <see cref="IPolicyAction"/> adds. <value>None.</value></summary>
    public IReadOnlyCollection<string> ActionTypes { get; set; } = [];
}
