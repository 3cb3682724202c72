using MemoryTriggers.Policies;
using MemoryTriggers.Validation;

namespace MemoryTriggers;

/// <summary>The options of a set of policies besides its rules. Taken over when the set is compiled.</summary>
public sealed class PolicySetOptions
{
    /// <summary>The zone of <c>time_range</c>. <value>The zone of the machine.</value></summary>
    [Setting("The time zone of `time_range`.", Form = "zone")]
    public TimeZoneInfo TimeZone { get; set; } = TimeZoneInfo.Local;

    /// <summary>Changes which memories <c>probability</c> picks. <value>0</value></summary>
    [Setting("Changes which memories `probability` picks.", Least = 0, Most = 1_000_000_000, NeedsRestart = true)]
    public int Seed { get; set; }

    /// <summary>The types of action that an <see cref="IPolicyAction"/> adds. <value>None.</value></summary>
    public IReadOnlyCollection<string> ActionTypes { get; set; } = [];

    /// <summary>What webhooks may reach; <see langword="null"/> when that is not known where the rules are checked.</summary>
    internal WebhookReach? Reach { get; set; }
}
