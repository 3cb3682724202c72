using System.Globalization;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Operations;

/// <summary>Collects metrics regularly. One loop; the settings may change at any time.</summary>
internal sealed class MetricsHistoryWatch(
    Func<IReadOnlyList<(string Name, double Value)>> counts, StoreMeasures measures, MetricsHistoryFiles files,
    MetricsHistoryOptions options, TimeProvider time, ILogger logger)
{
    private readonly LiveTimer _timer = new(() => options.Interval, time);
    private StoreCounts _before;

    /// <summary>The interval may be another one.</summary>
    public void Change() => _timer.Change();

    /// <summary>Runs until it is cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => _timer.RunAsync(
        () =>
        {
            Step();
            return Task.CompletedTask;
        },
        cancellationToken);

    /// <summary>Collects once.</summary>
    public void Step()
    {
        var now = measures.Counts;
        var calls = now - _before;
        _before = now;
        if (!options.Enabled) return;
        try
        {
            List<(string Name, double Value)> metrics =
            [
                .. counts(), ("operations", calls.Calls), ("failed_operations", calls.Failures),
                ("average_seconds", calls.AverageTime.TotalSeconds), ("error_rate", measures.RecentErrorRate),
            ];
            files.Add(metrics, options.KeptDays);
            if (options.Log)
                Log.MetricsHistory(logger,
                    string.Join(", ",
                        metrics.Select(static metric =>
                            string.Create(CultureInfo.InvariantCulture, $"{metric.Name} {metric.Value:0.###}"))));
        }
        catch (Exception exception)
        {
            // Pump boundary: a disk that is full must not end the loop.
            Log.LookFailed(logger, exception);
        }
    }
}
