using System.Globalization;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Operations;

/// <summary>
/// Calls of a real SQLite store: the time of the end in seconds, the duration in milliseconds, and whether it failed. Two threads stored a memory every 100 ms
/// for 45 s. In <c>latency</c> another connection held the lock of the file for longer and longer, in <c>errors</c> for longer than the store waits, more and more
/// often, and in <c>calm</c> there was none.
/// </summary>
internal static class RecordedCalls
{
    public static IReadOnlyList<(TimeSpan End, TimeSpan Duration, bool IsFailure)> Read(string name) =>
    [
        .. File.ReadLines(Path.Combine(RepositoryRoot.Path, "tests", "MemoryTriggers.Runtime.Tests", "Operations", "Recorded", $"{name}.csv"))
            .Select(static line => line.Split(','))
            .Select(static fields => (TimeSpan.FromSeconds(Number(fields[0])), TimeSpan.FromMilliseconds(Number(fields[1])), fields[2] == "1")),
    ];

    private static double Number(string field) => double.Parse(field, CultureInfo.InvariantCulture);
}
