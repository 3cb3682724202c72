namespace MemoryTriggers.Capture;

/// <summary>
/// A sink that says whether the texts of exceptions are kept: those of a program whose errors name what was typed are not.
/// </summary>
internal interface IErrorTextSink
{
    /// <summary>Whether they are; without them the type and the stack trace of an exception remain.</summary>
    bool KeepsErrorText { get; }
}
