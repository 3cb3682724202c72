using System.Globalization;

namespace MemoryTriggers.Soak;

/// <summary>Lets a program work for a while, and looks whether it remembers every call and takes no more at the end than in the middle.</summary>
internal sealed class Load(SoakOptions options, TextWriter progress)
{
    private const int ReportEvery = 30;

    /// <summary>What the program took, once it has run.</summary>
    public IReadOnlyList<Trend> Trends { get; private set; } = [];

    public async Task<FaultRow> RunAsync(CancellationToken token)
    {
        var fault = string.Create(CultureInfo.InvariantCulture, $"none: {options.Minutes} minutes at {options.Rate} calls a second");
        var duration = TimeSpan.FromMinutes(options.Minutes);
        var folder = Path.Combine(options.Folder, "load");
        using var child = ChildProcess.Start(token, LoadChild.Verb, folder, duration.TotalSeconds, options.Rate);
        child.Extend(duration);
        var samples = new List<LoadSample>();
        var calls = -1;
        while (await child.ReadLineAsync() is { } line)
        {
            if (LoadSample.Read(line) is { } sample) samples.Add(sample);
            else if (line.StartsWith("n ", StringComparison.Ordinal)) calls = int.Parse(line.AsSpan(2), CultureInfo.InvariantCulture);
            if (samples.Count % ReportEvery == 1) progress.WriteLine($"load: {samples.Count} s, {samples.LastOrDefault()?.Calls} calls");
        }

        await child.WaitAsync();
        Trends = Trend.Of(samples);
        var content = new StoreContent(folder);
        var numbers = content.Numbers();
        var distinct = numbers.ToHashSet();
        return new FaultRow(fault, 0, calls, calls, Enumerable.Range(0, Math.Max(0, calls)).Count(number => !distinct.Contains(number)), numbers.Count - distinct.Count)
        {
            Problems =
            [
                .. content.Problems(),
                .. child.EndedWell ? [] : new[] { "the program says that it is not well, or that its books do not balance" },
                .. distinct.Any(number => number < 0 || number >= calls) ? new[] { "records that were never attempted" } : [],
                .. Trends.Where(static trend => trend.Grows).Select(static trend => $"{trend.Name} grows: {trend.First:F1}, then {trend.Second:F1}"),
            ],
        };
    }
}
