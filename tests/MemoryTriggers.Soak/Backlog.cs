using System.Globalization;

namespace MemoryTriggers.Soak;

/// <summary>A journal far larger than the heap: filled by one process, emptied by the next.</summary>
internal sealed class Backlog(SoakOptions options, TextWriter progress)
{
    /// <summary>64 MB, as the runtime reads it.</summary>
    private const string HeapLimit = "0x4000000";

    public async Task<FaultRow> RunAsync(CancellationToken token)
    {
        var folder = Path.Combine(options.Folder, "backlog");
        progress.WriteLine($"backlog: filling {options.BacklogMegabytes} MB");
        var filled = await LiveAsync(token, folder, options.BacklogMegabytes);
        progress.WriteLine($"backlog: emptying {filled} records");
        var emptied = filled < 0 ? -1 : await LiveAsync(token, folder);
        var fault = string.Create(CultureInfo.InvariantCulture, $"backlog of {options.BacklogMegabytes:N0} MB, heap limited to 64 MB");
        return new FaultRow(fault, 1, filled, filled, filled - emptied, 0)
        {
            Problems = filled < 0 || emptied < 0 ? ["a process ended before it was done, as one does whose heap is full"] : [],
        };
    }

    /// <returns>How many records it says, or -1 when it did not come to that.</returns>
    private static async Task<int> LiveAsync(CancellationToken token, params IEnumerable<object> arguments)
    {
        using var child = ChildProcess.Start(token, new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = HeapLimit }, [BacklogChild.Verb, .. arguments]);
        child.Extend(TimeSpan.FromMinutes(10));
        var count = -1;
        while (await child.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("n ", StringComparison.Ordinal)) count = int.Parse(line.AsSpan(2), CultureInfo.InvariantCulture);
        }

        await child.WaitAsync();
        return child.EndedWell ? count : -1;
    }
}
