using MemoryTriggers.Reports;

namespace MemoryTriggers.Tests;

/// <summary>A failed test, as a test framework reports it.</summary>
internal static class TestFailure
{
    /// <param name="root">Where files are named from.</param>
    /// <param name="source">The test program.</param>
    /// <param name="test">The full name of the test.</param>
    /// <param name="displayName">That of the case.</param>
    /// <param name="message">With the type of the exception before it, as most frameworks write it.</param>
    /// <param name="trace">The stack trace.</param>
    /// <param name="file">The source file of the test, if known.</param>
    public static RunFailure Of(SourceRoot root, string source, string test, string? displayName, string? message, string? trace,
        string? file)
    {
        var (type, text) = FailureText.Of(message ?? "");
        var metadata = new Dictionary<string, string> { ["test_project"] = source };
        if (displayName is { Length: > 0 } && displayName != test) metadata["display_name"] = displayName;
        if (file is { Length: > 0 }) metadata["file"] = root.Relative(file);
        // The trace names files as the machine has them.
        var frames = (trace ?? "").Replace(root.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
        return new RunFailure { Operation = test, Type = type, Message = text, Trace = frames, Metadata = metadata };
    }
}
