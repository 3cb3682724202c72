namespace MemoryTriggers;

/// <summary>The policy for one type of trigger: the first rule that matches decides, or else the default. Immutable.</summary>
public sealed record TriggerPolicy
{
    /// <summary>The type it is for.</summary>
    public required TriggerType Type { get; init; }

    /// <summary>Whether memories of the type are taken at all: when off, they are denied. <value><see langword="true"/></value></summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The decision when no rule matches. <value><see cref="PolicyVerdict.Allow"/></value></summary>
    public PolicyVerdict DefaultDecision { get; init; }

    /// <summary>
    /// Numbers by names such as <c>per_project_per_hour</c>: so many memories per value of that field in a minute, hour or day. What is
    /// above is deferred; only what is stored counts.
    /// </summary>
    public IReadOnlyDictionary<string, int> RateLimits { get; init; } = new Dictionary<string, int>();

    /// <summary>How many memories make a batch, 1 or more. <value>10</value></summary>
    public int BatchSize { get; init; } = 10;

    /// <summary>How long a batch is waited for. <value>60 s</value></summary>
    public TimeSpan BatchTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Its rules.</summary>
    public IReadOnlyList<TriggerPolicyRule> Rules { get; init; } = [];
}
