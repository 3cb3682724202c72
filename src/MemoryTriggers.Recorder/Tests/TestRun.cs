using MemoryTriggers.Reports;

namespace MemoryTriggers.Tests;

/// <summary>The results of a run of tests, as they come. Thread-safe.</summary>
internal sealed class TestRun
{
    /// <summary>The heading of what earlier runs knew.</summary>
    public const string Heading = "What earlier runs knew of these failures:";

    private readonly Lock _gate = new();
    private readonly List<RunFailure> _failed = [];
    private readonly HashSet<string> _passed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _sources = new(StringComparer.Ordinal);
    private long _passes;
    private long _skips;

    /// <param name="source">The test program.</param>
    /// <param name="test">The full name of the test. Each of its cases has it.</param>
    public void Passed(string source, string test)
    {
        lock (_gate)
        {
            _sources.Add(source);
            _passed.Add(test);
            _passes++;
        }
    }

    public void Failed(string source, RunFailure failure)
    {
        lock (_gate)
        {
            _sources.Add(source);
            _failed.Add(failure);
        }
    }

    public void Skipped(string source)
    {
        lock (_gate)
        {
            _sources.Add(source);
            _skips++;
        }
    }

    /// <param name="duration">How long the tests took.</param>
    /// <param name="isBrokenOff">Whether not all of them ran.</param>
    /// <returns><see langword="null"/> when nothing ran.</returns>
    public RunReport? ToReport(TimeSpan duration, bool isBrokenOff)
    {
        lock (_gate)
        {
            if (_sources.Count == 0) return null;
            // One case of a test that fails is a test that fails.
            _passed.ExceptWith(_failed.Select(static failure => failure.Operation));
            return new RunReport
            {
                Kind = "test",
                Operation = "test " + string.Join(' ', _sources.Order(StringComparer.Ordinal)),
                Succeeded = _failed.Count == 0 && !isBrokenOff,
                Duration = duration,
                Counts = new() { ["passed"] = _passes, ["failed"] = _failed.Count, ["skipped"] = _skips },
                Failures = [.. _failed],
                Passed = [.. _passed],
            };
        }
    }
}
