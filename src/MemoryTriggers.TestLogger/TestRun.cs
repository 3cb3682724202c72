using MemoryTriggers.Reports;
using Microsoft.VisualStudio.TestPlatform.ObjectModel;

namespace MemoryTriggers;

/// <summary>The results of a run, as they come. Thread-safe.</summary>
internal sealed class TestRun
{
    private readonly Lock _gate = new();
    private readonly List<TestResult> _failed = [];
    private readonly HashSet<string> _passed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _sources = new(StringComparer.Ordinal);
    private long _passes;
    private long _skips;

    public void Add(TestResult result)
    {
        lock (_gate)
        {
            _sources.Add(Path.GetFileNameWithoutExtension(result.TestCase.Source));
            if (result.Outcome == TestOutcome.Failed) _failed.Add(result);
            else if (result.Outcome == TestOutcome.Passed && ++_passes > 0) _passed.Add(result.TestCase.FullyQualifiedName);
            else _skips++;
        }
    }

    /// <param name="root">Where files are named from.</param>
    /// <param name="duration">How long the tests took.</param>
    /// <param name="isBrokenOff">Whether not all of them ran.</param>
    /// <returns><see langword="null"/> when nothing ran.</returns>
    public RunReport? ToReport(SourceRoot root, TimeSpan duration, bool isBrokenOff)
    {
        lock (_gate)
        {
            if (_sources.Count == 0) return null;
            // One case of a test that fails is a test that fails.
            _passed.ExceptWith(_failed.Select(static result => result.TestCase.FullyQualifiedName));
            return new RunReport
            {
                Kind = "test",
                Operation = "test " + string.Join(' ', _sources.Order(StringComparer.Ordinal)),
                Succeeded = _failed.Count == 0 && !isBrokenOff,
                Duration = duration,
                Counts = new() { ["passed"] = _passes, ["failed"] = _failed.Count, ["skipped"] = _skips },
                Failures = [.. _failed.Select(result => FailureOf(result, root))],
                Passed = [.. _passed],
            };
        }
    }

    private static RunFailure FailureOf(TestResult result, SourceRoot root)
    {
        var (type, message) = FailureText.Of(result.ErrorMessage ?? "");
        var metadata = new Dictionary<string, string> { ["test_project"] = Path.GetFileNameWithoutExtension(result.TestCase.Source) };
        if (result.DisplayName is { Length: > 0 } name && name != result.TestCase.FullyQualifiedName) metadata["display_name"] = name;
        if (result.TestCase.CodeFilePath is { Length: > 0 } file) metadata["file"] = root.Relative(file);
        // The trace names files as the machine has them.
        var trace = (result.ErrorStackTrace ?? "").Replace(root.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
        return new RunFailure { Operation = result.TestCase.FullyQualifiedName, Type = type, Message = message, Trace = trace, Metadata = metadata };
    }
}
