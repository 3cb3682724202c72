using System.Globalization;

namespace MemoryTriggers.Benchmarks;

/// <summary>What several rounds have measured, by name; tables show the median.</summary>
internal sealed class Medians
{
    private readonly Dictionary<string, List<double>> _samples = [];

    public double this[string name] => Of(_samples[name], 0.5);

    public void Add(string name, double value)
    {
        if (!_samples.TryGetValue(name, out var samples)) _samples[name] = samples = [];
        samples.Add(value);
    }

    /// <summary>The value below which that share of the samples lies.</summary>
    public static double Of(List<double> samples, double share)
    {
        samples.Sort();
        return samples[Math.Min(samples.Count - 1, (int)(samples.Count * share))];
    }

    public string Row(string name, string format = "N0") => $"| {name} | {this[name].ToString(format, CultureInfo.InvariantCulture)} |";

    public string Ratio(string name, string over) => (this[name] / this[over]).ToString("0.00", CultureInfo.InvariantCulture);
}
