namespace MemoryTriggers;

/// <summary>How the conditions of a rule are joined.</summary>
public enum PolicyOperator
{
    /// <summary>All must hold.</summary>
    And,

    /// <summary>One is enough.</summary>
    Or,
}
