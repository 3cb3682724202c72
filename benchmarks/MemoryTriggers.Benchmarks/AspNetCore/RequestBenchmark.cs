using System.Globalization;
using MemoryTriggers.Benchmarks.Capture;

namespace MemoryTriggers.Benchmarks.AspNetCore;

/// <summary>What the middleware adds to a request. The variants take turns, round by round, and the medians are shown.</summary>
internal static class RequestBenchmark
{
    public const int DefaultRounds = 15;
    private const int PipelineRequests = 50_000;
    private const int SiteRequests = 16_000;

    public static async Task RunAsync(int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("memory-triggers-benchmark-").FullName;
        try
        {
            using var journal = new DrainedJournal(folder);
            var pipeline = Pipelines();
            Measure(pipeline, journal, rounds, PipelineRequests);
            WritePipelines(pipeline);

            await using var plain = await LoopbackSite.StartAsync(hasMiddleware: false, "/plain/7");
            await using var watched = await LoopbackSite.StartAsync(hasMiddleware: true, "/plain/7");
            await using var remembered = await LoopbackSite.StartAsync(hasMiddleware: false, "/remembered/7");
            List<RequestVariant> sites =
            [
                new("without the middleware", false, plain.Send),
                new("middleware, no runtime", false, watched.Send),
                new("middleware, in order: nothing remembered", true, watched.Send),
                new("RememberAs: each request remembered", true, remembered.Send),
            ];
            Measure(sites, journal, rounds, SiteRequests);
            WriteSites(sites);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static List<RequestVariant> Pipelines() =>
    [
        new("without the middleware", false, new Pipeline(hasMiddleware: false).Send),
        new("middleware, no runtime", false, new Pipeline(hasMiddleware: true).Send),
        new("middleware, in order: nothing remembered", true, new Pipeline(hasMiddleware: true).Send),
        new("middleware, answered 500: remembered", true, new Pipeline(hasMiddleware: true, status: 500).Send),
    ];

    private static void Measure(List<RequestVariant> variants, DrainedJournal journal, int rounds, int requests)
    {
        for (var turn = 0; turn < 5; turn++) variants.ForEach(variant => variant.WarmUp(journal, requests));
        for (var round = 0; round < rounds; round++) variants.ForEach(variant => variant.Round(journal, requests));
    }

    private static void WritePipelines(List<RequestVariant> variants)
    {
        Console.WriteLine("| the pipeline alone | ns a request | bytes |");
        Console.WriteLine("|---|---:|---:|");
        foreach (var variant in variants) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {variant.Name} | {variant.Measured.Nanoseconds:N0} | {variant.Measured.Bytes:N0} |"));
        Console.WriteLine();
    }

    private static void WriteSites(List<RequestVariant> variants)
    {
        Console.WriteLine("| Kestrel, one loopback connection | ns a request | ratio |");
        Console.WriteLine("|---|---:|---:|");
        foreach (var variant in variants)
        {
            var ratio = variant.Measured.Nanoseconds / variants[0].Measured.Nanoseconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {variant.Name} | {variant.Measured.Nanoseconds:N0} | {ratio:N2} |"));
        }
    }
}
