using System.Diagnostics;
using System.Globalization;

namespace MemoryTriggers.Soak;

/// <summary>A program under load: calls from several threads at a given rate, every fourth of them failing. It samples itself each second.</summary>
internal static class LoadChild
{
    public const string Verb = "load-child";
    private const int Threads = 4;
    private const int Burst = 5;

    /// <summary>Arguments: folder, seconds, calls a second.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var folder = args[0];
        var duration = TimeSpan.FromSeconds(double.Parse(args[1], CultureInfo.InvariantCulture));
        var pause = TimeSpan.FromSeconds((double)Threads * Burst / int.Parse(args[2], CultureInfo.InvariantCulture));
        await using var memory = await MemoryTriggerService.StartAsync(options => options.DataDirectory = folder);

        var next = -1;
        var clock = Stopwatch.StartNew();
        var work = Enumerable.Range(0, Threads).Select(_ => Task.Run(async () =>
        {
            for (var due = TimeSpan.Zero; clock.Elapsed < duration; due += pause)
            {
                for (var call = 0; call < Burst; call++) await new Work().DoAsync(Interlocked.Increment(ref next));
                if (due > clock.Elapsed) await Task.Delay(due - clock.Elapsed);
            }
        })).ToList();
        while (clock.Elapsed < duration)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
            ChildOutput.Say(LoadSample.Take(folder, Volatile.Read(ref next) + 1).ToLine());
        }

        await Task.WhenAll(work);
        var isStored = await memory.FlushAsync(TimeSpan.FromMinutes(1));
        var health = await memory.GetHealthAsync();
        ChildOutput.Say($"n {next + 1}");
        return isStored && health is { IsHealthy: true, IsBalanced: true } ? 0 : 1;
    }
}
