namespace MemoryTriggers.Generators.Parsing;

/// <summary>What a record gets of a parameter.</summary>
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
