using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MemoryTriggers;

/// <summary>Which log lines become memories.</summary>
public sealed class LogHookOptions
{
    /// <summary>From which level on. <value>Error</value></summary>
    public LogLevel MinimumLevel { get; set; } = LogLevel.Error;

    /// <summary>Whether only lines with an exception count. <value>false</value></summary>
    public bool OnlyWithException { get; set; }

    /// <summary>Whether the values of scopes and of the line itself are remembered as metadata. <value>true</value></summary>
    public bool IncludeScopes { get; set; } = true;

    /// <summary>How much is remembered.</summary>
    [ValidateObjectMembers]
    public HookLimits Limits { get; } = new();
}
