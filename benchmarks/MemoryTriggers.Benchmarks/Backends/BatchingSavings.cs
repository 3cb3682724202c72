using System.Diagnostics;
using System.Globalization;

namespace MemoryTriggers.Benchmarks.Backends;

/// <summary>How many requests the server gets for so many memories: one for each, or as delivery puts them together.</summary>
internal static class BatchingSavings
{
    private const int Memories = 2_000;

    public static async Task RunAsync(Func<string, IMemoryBackend> make)
    {
        Console.WriteLine($"Batching, requests for {Memories.ToString("N0", CultureInfo.InvariantCulture)} memories; one for each without it");
        Console.WriteLine();
        Console.WriteLine("| memories a second | BatchAge | one by one | batched | saved |");
        Console.WriteLine("|---|---:|---:|---:|---:|");
        var alone = await OneByOneAsync(new CountingBackend(make("alone")));
        foreach (var (pace, age) in new[] { (50, 20), (50, 250), (500, 250), (int.MaxValue, 250) })
        {
            var batched = await BatchedAsync(new CountingBackend(make($"batched_{pace}_{age}")), pace, TimeSpan.FromMilliseconds(age));
            var name = pace == int.MaxValue ? "as fast as it goes" : pace.ToString(CultureInfo.InvariantCulture);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {age} ms | {alone:N0} | {batched:N0} | {1 - (double)batched / alone:P1} |"));
        }

        Console.WriteLine();
    }

    private static async Task<int> OneByOneAsync(CountingBackend backend)
    {
        await using var closing = backend;
        await backend.InitializeAsync(CancellationToken.None);
        var memories = new SampleMemories();
        for (var i = 0; i < Memories; i++) await backend.StoreAsync(memories.Batch(1), CancellationToken.None);
        return backend.Writes;
    }

    private static async Task<int> BatchedAsync(CountingBackend backend, int pace, TimeSpan age)
    {
        var folder = Directory.CreateTempSubdirectory("memory-triggers-benchmark-").FullName;
        try
        {
            await using var memory = await MemoryTriggerService.StartAsync(options => (options.DataDirectory, options.Delivery.BatchAge) = (folder, age), backend);
            var started = Stopwatch.GetTimestamp();
            for (var number = 0; number < Memories; number++)
            {
                var wait = TimeSpan.FromSeconds((double)number / pace) - Stopwatch.GetElapsedTime(started);
                if (wait > TimeSpan.FromMilliseconds(1)) await Task.Delay(wait);
                await using var scope = TriggerScope.Workflow("deployment", project: "benchmark");
                scope.AddMetadata("number", number).AddTags("production");
                scope.Complete();
            }

            if (!await memory.FlushAsync(TimeSpan.FromMinutes(5))) throw new InvalidOperationException("they were not stored in time");
            return backend.Writes;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
