using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Validation;

namespace MemoryTriggers;

/// <summary>Which policies decide, and how far they may go. docs/policies.md describes what they can say.</summary>
public sealed class PoliciesOptions
{
    /// <summary>A YAML file with rules and policies; a relative path begins at the folder of the program. <value>None</value></summary>
    [Setting(
        "The file with the rules and policies ([policies.md](policies.md)); a relative path begins at the folder of the program. " +
        "Read again at each reload.")]
    public string? File { get; set; }

    /// <summary>
    /// Whether the types of trigger for which nothing else is given have the policies of the reference, with their limits.
    /// <value><see langword="false"/>: what no rule concerns is stored</value>
    /// </summary>
    [Setting("Gives types without a policy that of the reference, with its limits.")]
    public bool UseDefaults { get; set; }

    /// <summary>Rules in the long notation, before those of the file. <value>None</value></summary>
    public IList<PolicyRule> Rules { get; } = [];

    /// <summary>Policies in the short notation, one for a type. <value>None</value></summary>
    public IList<TriggerPolicy> ForTypes { get; } = [];

    /// <summary>Policies in code; with a host, <c>AddPolicy</c> adds to them. <value>None</value></summary>
    public IList<IPolicy> Programs { get; } = [];

    /// <summary>Types of action in code; with a host, <c>AddPolicyAction</c> adds to them. <value>None</value></summary>
    public IList<IPolicyAction> Actions { get; } = [];

    /// <summary>How long a deferred memory is held before the policies are asked again, 1 s to a day. <value>1 minute</value></summary>
    [Setting(
        "Seconds that a deferred memory is held before it is looked at again.",
        Name = "defer_seconds", Unit = SettingUnit.WholeSeconds, NeedsRestart = true)]
    [TimeSpanRange("00:00:01", "1.00:00:00")]
    public TimeSpan DeferFor { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many memories may be held at a time, 0 to 10,000,000; one more is stored at once. <value>100,000</value></summary>
    [Setting("Memories that may be held; one more is stored at once.", NeedsRestart = true)]
    [Range(0, 10_000_000)]
    public int MaxHeld { get; set; } = 100_000;

    /// <summary>
    /// How often it is saved what rules remember (limits, rests, numbers of executions), 100 ms to an hour; what a crash may lose. <value>5
    /// s</value>
    /// </summary>
    [Setting(
        "Seconds between two saves of what rules remember (limits, rests, numbers of executions): what a crash may lose.",
        Name = "save_state_seconds", Unit = SettingUnit.WholeSeconds, NeedsRestart = true)]
    [TimeSpanRange("00:00:00.1000000", "01:00:00")]
    public TimeSpan SaveStateEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How many actions may wait to be executed, 1 to 1,000,000; one more is left out, and counted as failed. <value>10,000</value>
    /// </summary>
    [Setting(
        "Memories whose policy actions wait to be carried out, at most. Memories themselves wait in the journal.",
        Section = "performance", Name = "background_queue_size", Most = 100_000, NeedsRestart = true)]
    [Range(1, 1_000_000)]
    public int MaxWaitingActions { get; set; } = 10_000;

    /// <summary>Of how many memories the actions are executed at once, 1 to 50. <value>1</value></summary>
    [Setting(
        "Memories whose policy actions are carried out at once.",
        Section = "performance", Name = "worker_thread_count", NeedsRestart = true)]
    [Range(1, 50)]
    public int ConcurrentActions { get; set; } = 1;

    /// <summary>How many decisions are kept for inspection, 0 to 100,000. <value>1,000</value></summary>
    [Setting("Decisions that are kept to be looked at.", NeedsRestart = true)]
    [Range(0, PolicyEngine.MaxKeptDecisions)]
    public int KeptDecisions { get; set; } = PolicyEngine.DefaultKeptDecisions;

    /// <summary>The options of rules.</summary>
    public PolicySetOptions Set { get; set; } = new();

    /// <summary>
    /// The hosts that webhooks may call, such as <c>hooks.example.com</c> or <c>*.example.com</c>, without scheme, port and path.
    /// <value>None: a rule can reach no host that the program does not name.</value>
    /// </summary>
    [Setting("Hosts that webhooks may reach, such as `hooks.example.com` or `*.example.com`.", Form = "hosts", NeedsRestart = true)]
    [Required]
    [HostPatterns]
    public IList<string> WebhookHosts { get; set; } = [];

    /// <summary>
    /// Whether webhooks may reach loopback, private and link-local addresses; it is the address that counts, not the name.
    /// <value><see langword="false"/></value>
    /// </summary>
    [Setting("Lets webhooks reach private addresses and this machine.", NeedsRestart = true)]
    public bool WebhookPrivateAddresses { get; set; }
}
