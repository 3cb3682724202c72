namespace MemoryTriggers.Generators.Parsing;

/// <summary>The part of a parameter that a record captures.</summary>
internal enum ParameterCapture
{
    None,
    Before,
    After,
    Sensitive,

    /// <summary>Not written, but its text is kept out of the messages of exceptions.</summary>
    SensitiveText,

    NotCapturable,
}
