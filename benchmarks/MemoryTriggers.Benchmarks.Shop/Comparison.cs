using System.Globalization;

namespace MemoryTriggers.Benchmarks.Shop;

/// <summary>
/// The same requests to three shops: without MemoryTriggers, with hooks and middleware, with everything. They take turns, one request each,
/// so that what else the machine does is the same for all.
/// </summary>
internal static class Comparison
{
    public const int DefaultRounds = 21;
    private const int RequestsPerRound = 40;
    private const int WarmUp = 600;

    private static readonly string[] Modes = ["off", "hooks", "on"];

    public static async Task RunAsync(int rounds)
    {
        var shops = new List<ShopProcess>();
        try
        {
            foreach (var mode in Modes) shops.Add(await ShopProcess.StartAsync(mode));
            Console.WriteLine("| median request, µs | without | hooks | all | hooks / without (range of the rounds) | all / without (range) |");
            Console.WriteLine("|---|---:|---:|---:|---:|---:|");
            foreach (var request in ShopRequest.All) await MeasureAsync(shops, request, rounds);
        }
        finally
        {
            foreach (var shop in shops) await shop.DisposeAsync();
        }
    }

    private static async Task MeasureAsync(List<ShopProcess> shops, ShopRequest request, int rounds)
    {
        for (var number = 0; number < WarmUp; number++)
            foreach (var shop in shops) await shop.SendAsync(request);

        var all = Modes.Select(static _ => new List<double>()).ToArray();
        var ratios = Modes.Select(static _ => new List<double>()).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            var taken = await RoundAsync(shops, request, round);
            for (var mode = 0; mode < taken.Length; mode++)
            {
                all[mode].AddRange(taken[mode]);
                ratios[mode].Add(Median(taken[mode]) / Median(taken[0]));
            }
        }

        var medians = all.Select(Median).ToArray();
        var times = string.Join(" | ", medians.Select(static median => median.ToString("N0", CultureInfo.InvariantCulture)));
        Console.WriteLine($"| {request.Name} | {times} | {Ratio(medians, ratios, 1)} | {Ratio(medians, ratios, 2)} |");
    }

    // The first of each turn changes, and so does the direction: each finds the processor as the one before left it.
    private static async Task<List<double>[]> RoundAsync(List<ShopProcess> shops, ShopRequest request, int round)
    {
        var times = shops.Select(static _ => new List<double>()).ToArray();
        for (var number = 0; number < RequestsPerRound; number++)
        {
            for (var turn = 0; turn < shops.Count; turn++)
            {
                var place = number % 2 == 0 ? turn : shops.Count - 1 - turn;
                var mode = (place + number + round) % shops.Count;
                times[mode].Add(await shops[mode].SendAsync(request));
            }
        }

        return times;
    }

    private static string Ratio(double[] medians, List<double>[] ratios, int mode) => string.Create(CultureInfo.InvariantCulture,
        $"{medians[mode] / medians[0]:0.00} ({ratios[mode].Min():0.00} to {ratios[mode].Max():0.00})");

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
