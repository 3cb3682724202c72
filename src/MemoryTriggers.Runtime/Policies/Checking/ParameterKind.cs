namespace MemoryTriggers.Policies;

/// <summary>What a parameter of an action may be.</summary>
internal enum ParameterKind
{
    /// <summary>A text that is not empty.</summary>
    Text,

    /// <summary>A text that is not empty, or a list of them.</summary>
    Texts,

    /// <summary>A number within bounds.</summary>
    Number,

    /// <summary>A whole number within bounds.</summary>
    Integer,

    /// <summary>One of certain names.</summary>
    Name,

    /// <summary>The id of a memory.</summary>
    Id,

    /// <summary>A mapping with parameters of its own.</summary>
    Members,

    /// <summary>A mapping with any names.</summary>
    Mapping,

    /// <summary>A mapping from any names to texts, numbers and truth values.</summary>
    TextMapping,

    /// <summary>An address that begins with <c>http://</c> or <c>https://</c>.</summary>
    Address,

    /// <summary>The name of a rule.</summary>
    Rule,

    /// <summary>Anything.</summary>
    Any,
}
