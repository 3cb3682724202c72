using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Validation;
using Microsoft.Extensions.Options;

namespace MemoryTriggers;

/// <summary>Which policies decide, and how far they may go. docs/policies.md describes what they can say.</summary>
public sealed class PoliciesOptions
{
    /// <summary>A YAML file with rules and policies; a relative path begins at the folder of the program. <value>None</value></summary>
    public string? File { get; set; }

    /// <summary>
    /// Whether the types of trigger for which nothing else is given have the policies of the reference, with their limits.
    /// <value><see langword="false"/>: what no rule concerns is stored</value>
    /// </summary>
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
    [TimeSpanRange("00:00:01", "1.00:00:00")]
    public TimeSpan DeferFor { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many memories may be held at a time, 0 to 10,000,000; one more is stored at once. <value>100,000</value></summary>
    [Range(0, 10_000_000)]
    public int MaxHeld { get; set; } = 100_000;

    /// <summary>
    /// How often it is saved what rules remember (limits, rests, numbers of executions), 100 ms to an hour; what a crash may lose. <value>5
    /// s</value>
    /// </summary>
    [TimeSpanRange("00:00:00.1000000", "01:00:00")]
    public TimeSpan SaveStateEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How many actions may wait to be executed, 1 to 1,000,000; one more is left out, and counted as failed. <value>10,000</value>
    /// </summary>
    [Range(1, 1_000_000)]
    public int MaxWaitingActions { get; set; } = 10_000;

    /// <summary>Of how many memories the actions are executed at once, 1 to 50. <value>1</value></summary>
    [Range(1, 50)]
    public int ConcurrentActions { get; set; } = 1;

    /// <summary>The engine.</summary>
    [ValidateObjectMembers]
    public PolicyEngineOptions Engine { get; set; } = new();

    /// <summary>The options of rules.</summary>
    public PolicySetOptions Set { get; set; } = new();

    /// <summary>The options of webhooks.</summary>
    [ValidateObjectMembers]
    public WebhookOptions Webhooks { get; set; } = new();
}
