namespace MemoryTriggers;

/// <summary>The access to the endpoints of <c>MapMemoryTriggers</c>.</summary>
public sealed class MemoryTriggersEndpointOptions
{
    /// <summary>
    /// Whether <c>live</c> and <c>ready</c> answer everybody, as the probes of an orchestrator need it: one word each, and nothing of what
    /// is remembered. Health and metrics are still refused to anonymous remote callers. <value>false</value>
    /// </summary>
    public bool OpenProbes { get; set; }

    /// <summary>
    /// Whether callers on this machine need not be signed in. Behind a proxy on this machine that adds no header of its own and asks for
    /// this machine by its address, a remote caller cannot be told from them: there it must be <see langword="false"/>. <value>true</value>
    /// </summary>
    public bool TrustLocalCallers { get; set; } = true;

    /// <summary>
    /// How long health may take, 10 ms to 10 minutes; a store that has not answered by then is unhealthy. <value>5 s</value>
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside that range.</exception>
    public TimeSpan HealthTimeout
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.FromMilliseconds(10), nameof(HealthTimeout));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromMinutes(10), nameof(HealthTimeout));
            field = value;
        }
    } = TimeSpan.FromSeconds(5);
}
