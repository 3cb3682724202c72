namespace MemoryTriggers;

/// <summary>How much an issue matters.</summary>
internal enum MemoryConfigurationSeverity
{
    /// <summary>The configuration is refused; without <c>validation_strict</c>, errors of rules are only logged.</summary>
    Error,

    /// <summary>It is used, and this is logged.</summary>
    Warning,

    /// <summary>Worth knowing.</summary>
    Info,
}
