namespace MemoryTriggers.Generators.Parsing;

/// <summary>The shapes of a wrapper.</summary>
internal enum ReturnKind
{
    Void,
    Value,
    RefValue,

    /// <summary>Task or ValueTask, with a result or without.</summary>
    Task,

    TaskOfResult,

    /// <summary>An iterator's sequence or enumerator, asynchronous or not.</summary>
    Sequence,

    AsyncVoid,
}
