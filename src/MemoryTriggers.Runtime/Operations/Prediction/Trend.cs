namespace MemoryTriggers.Operations;

/// <summary>
/// A line through a series, by medians (Theil 1950, Sen 1968): a few outliers do not move it. <paramref name="Agreement"/> is Kendall's
/// tau: 1 when every later value is higher, 0 when there is no order in them.
/// </summary>
/// <param name="Slope">By how much it rises in a second.</param>
/// <param name="Level">Where the line is at the end.</param>
/// <param name="Agreement">How much of the series follows it, -1 to 1.</param>
internal readonly record struct Trend(double Slope, double Level, double Agreement)
{
    public static Trend Of(IReadOnlyList<(double At, double Value)> series)
    {
        var slopes = new List<double>(series.Count * (series.Count - 1) / 2);
        var order = 0;
        for (var later = 1; later < series.Count; later++)
        {
            for (var earlier = 0; earlier < later; earlier++)
            {
                order += Math.Sign(series[later].Value - series[earlier].Value);
                var elapsed = series[later].At - series[earlier].At;
                if (elapsed > 0) slopes.Add((series[later].Value - series[earlier].Value) / elapsed);
            }
        }

        if (slopes.Count == 0) return default;
        var slope = Median(slopes);
        var end = series[^1].At;
        return new Trend(slope, Median([.. series.Select(point => point.Value + (slope * (end - point.At)))]),
            (double)order / slopes.Count);
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        var middle = values.Count / 2;
        return values.Count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
