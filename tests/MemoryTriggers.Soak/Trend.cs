using System.Globalization;

namespace MemoryTriggers.Soak;

/// <summary>One measure under load: its median in the first half of the time, and in the second, and what the second may be at most.</summary>
internal sealed record Trend(string Name, double First, double Second, double Limit)
{
    private const double WarmUp = 0.2;

    public bool Grows => Second > Limit;

    /// <summary>The trends of the samples; the first fifth of the time is the program warming up, and left out.</summary>
    public static IReadOnlyList<Trend> Of(IReadOnlyList<LoadSample> samples)
    {
        const double Mega = 1024 * 1024;
        var steady = samples.Skip((int)(samples.Count * WarmUp)).ToList();
        return steady.Count < 4 ? [] :
        [
            Make("working set, MB", steady, static sample => sample.WorkingSet / Mega, 1.5, 32),
            Make("open handles", steady, static sample => sample.Handles, 1.2, 8),
            Make("threads", steady, static sample => sample.Threads, 1.2, 8),
            Make("journal, MB", steady, static sample => sample.Journal / Mega, 1.5, 16),
            Make("store, bytes a record", steady, static sample => sample.Store / Math.Max(1, sample.Calls), 1.5, 0),
        ];
    }

    public static void Write(TextWriter output, IReadOnlyList<Trend> trends)
    {
        output.WriteLine("| under load | first half | second half | fails above |");
        output.WriteLine("|---|---:|---:|---:|");
        foreach (var trend in trends)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {trend.Name} | {trend.First:F1} | {trend.Second:F1} | {trend.Limit:F1} |"));
    }

    private static Trend Make(string name, List<LoadSample> samples, Func<LoadSample, double> value, double factor, double slack)
    {
        var half = samples.Count / 2;
        var first = Median(samples.Take(half).Select(value));
        return new Trend(name, first, Median(samples.Skip(half).Select(value)), (first * factor) + slack);
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
