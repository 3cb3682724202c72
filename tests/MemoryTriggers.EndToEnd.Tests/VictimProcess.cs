using System.Diagnostics;
using System.Globalization;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.EndToEnd;

/// <summary>The victim program over one folder, and what is recalled of it afterwards.</summary>
internal static class VictimProcess
{
    /// <summary>Starts it, through a shell when it needs limits of its own or runs under another program.</summary>
    public static Process Start(string folder, int calls, string mode = "", string limits = "", string wrapper = "")
    {
        var start = new ProcessStartInfo(limits.Length + wrapper.Length == 0 ? "dotnet" : "sh") { RedirectStandardOutput = true };
        if (limits.Length + wrapper.Length > 0)
        {
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add($"{(limits.Length > 0 ? limits : ":")}; exec {wrapper}dotnet \"$@\"");
            start.ArgumentList.Add("dotnet");
        }

        start.ArgumentList.Add(typeof(Victim.HangingBackend).Assembly.Location);
        start.ArgumentList.Add(folder);
        start.ArgumentList.Add(calls.ToString(CultureInfo.InvariantCulture));
        start.ArgumentList.Add(mode);
        return Process.Start(start)!;
    }

    /// <summary>The calls that have returned, until there are so many or it ends.</summary>
    public static async Task<List<int>> ReadAsync(Process process, int calls, CancellationToken token)
    {
        var returned = new List<int>();
        while (returned.Count < calls && await process.StandardOutput.ReadLineAsync(token) is { } line) returned.Add(int.Parse(line, CultureInfo.InvariantCulture));
        return returned;
    }

    /// <summary>Kills it, and the one that it runs under. Returns when nobody can write to its output any more: then its locks are free.</summary>
    public static async Task KillAsync(Process process, CancellationToken token)
    {
        process.Kill(entireProcessTree: true);
        await process.StandardOutput.ReadToEndAsync(token);
        await process.WaitForExitAsync(token);
    }

    public static Task<MemoryTriggerService> RecallAsync(string folder, CancellationToken token) => MemoryTriggerService.StartAsync(
        options =>
        {
            options.DataDirectory = folder;
            options.Project = "victim";
        },
        loggers: new CollectingLoggers(out _),
        cancellationToken: token);

    /// <summary>The number of each memory.</summary>
    public static async Task<List<int>> NumbersAsync(MemoryTriggerService memory, CancellationToken token)
    {
        var numbers = new List<int>();
        while (true)
        {
            var entries = await memory.Recall.ListAsync(new() { Limit = MemoryQuery.MaxLimit, Offset = numbers.Count }, token);
            if (entries.Count == 0) return numbers;
            numbers.AddRange(entries.Select(static entry => entry.Key == "scope"
                ? entry.Value.GetProperty("metadata").GetProperty("number").GetInt32()
                : entry.Value.GetProperty("arguments").GetProperty("number").GetInt32()));
        }
    }
}
