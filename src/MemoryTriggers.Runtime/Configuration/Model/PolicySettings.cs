using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Validation;

namespace MemoryTriggers.Configuration;

/// <summary>The section <c>policies</c>: where the rules are, and how far they go. Immutable.</summary>
internal sealed record PolicySettings
{
    /// <summary>The file with the rules; a relative path begins at the folder of the program. <value>None</value></summary>
    [Setting("The file with the rules and policies ([policies.md](policies.md)); a relative path begins at the folder of the program. Read again at each reload.")]
    public string? File { get; init; }

    /// <summary>Whether types without a policy have that of the reference. <value>false</value></summary>
    [Setting("Gives types without a policy that of the reference, with its limits.")]
    public bool UseDefaults { get; init; }

    /// <summary>How long a deferred memory is held, 1 to 86,400 s. <value>60 s</value></summary>
    [Setting("Seconds that a deferred memory is held before it is looked at again.", NeedsRestart = true)]
    [Range(1, 86_400)]
    public int DeferSeconds { get; init; } = 60;

    /// <summary>How many may be held, 0 to 10,000,000. <value>100,000</value></summary>
    [Setting("Memories that may be held; one more is stored at once.", NeedsRestart = true)]
    [Range(0, 10_000_000)]
    public int MaxHeld { get; init; } = 100_000;

    /// <summary>How often it is saved what rules remember, 1 to 3,600 s. <value>5 s</value></summary>
    [Setting("Seconds between two saves of what rules remember (limits, rests, numbers of executions): what a crash may lose.", NeedsRestart = true)]
    [Range(1, 3_600)]
    public int SaveStateSeconds { get; init; } = 5;

    /// <summary>How many decisions are kept, 0 to 100,000. <value>1,000</value></summary>
    [Setting("Decisions that are kept to be looked at.", NeedsRestart = true)]
    [Range(0, 100_000)]
    public int KeptDecisions { get; init; } = 1_000;

    /// <summary>The zone of <c>time_range</c>. <value>That of the machine</value></summary>
    [Setting("The time zone of `time_range`.", Form = "zone")]
    public string? TimeZone { get; init; }

    /// <summary>Which memories <c>probability</c> picks. <value>0</value></summary>
    [Setting("Changes which memories `probability` picks.", NeedsRestart = true)]
    [Range(0, 1_000_000_000)]
    public int Seed { get; init; }

    /// <summary>Which hosts webhooks may reach. <value>None</value></summary>
    [Setting("Hosts that webhooks may reach, such as `hooks.example.com` or `*.example.com`.", NeedsRestart = true)]
    public IReadOnlyList<string> WebhookHosts { get; init; } = [];

    /// <summary>Whether webhooks may reach private addresses. <value>false</value></summary>
    [Setting("Lets webhooks reach private addresses and this machine.", NeedsRestart = true)]
    public bool WebhookPrivateAddresses { get; init; }
}
