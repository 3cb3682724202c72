using System.Globalization;

namespace MemoryTriggers.Operations;

/// <summary>The conditions of alerts.</summary>
internal static class AlertRules
{
    public static IEnumerable<AlertFinding> Find(AlertLook look, AlertOptions options)
    {
        yield return ErrorRate(look, options);
        yield return Of(AlertKind.Failures, look.Calls.Failures >= options.Failures, look.Calls.Failures, options.Failures
            ?? 0, $"{look.Calls.Failures} calls of the store failed within {options.Window}");
        yield return Of(AlertKind.Latency, look.Calls.Calls > 0 && look.Calls.AverageTime >= options.AverageTime,
            look.Calls.AverageTime.TotalSeconds, options.AverageTime?.TotalSeconds ?? 0,
            $"calls of the store took {look.Calls.AverageTime.TotalSeconds:0.###} s on average within {options.Window}");
        yield return Of(AlertKind.SlowOperations, look.Calls.Slow >= options.SlowOperations, look.Calls.Slow, options.SlowOperations,
            $"{look.Calls.Slow} calls of the store took {options.SlowOperation.TotalSeconds} s or more within {options.Window}");
        yield return Of(AlertKind.QueueAge, look.QueueAge > options.QueueAge, look.QueueAge.TotalSeconds, options.QueueAge.TotalSeconds,
            $"the oldest record has waited {look.QueueAge.TotalSeconds:0} s for the store, allowed are " +
                $"{options.QueueAge.TotalSeconds:0} s");
        yield return Of(AlertKind.DiskSpace, look.FreeDisk < options.FreeDiskBytes, look.FreeDisk ?? 0, options.FreeDiskBytes,
            $"{look.FreeDisk / 1_048_576} MiB are free on the disk of the data folder, {options.FreeDiskBytes / 1_048_576} MiB should be");
        yield return Of(AlertKind.Drops, look.Drops > options.Drops, look.Drops, options.Drops,
            $"{look.Drops} records were lost within {options.Window}");
        yield return Of(AlertKind.StoreUnavailable, look.StoreProblem is not null, look.StoreProblem is null ? 0 : 1, 1,
            look.StoreProblem ?? "");
        yield return Of(AlertKind.FailurePredicted, look.Prediction is not null, look.Prediction?.ExpectedIn.TotalSeconds
            ?? 0, 0, $"{look.Prediction?.Description}");
    }

    private static AlertFinding ErrorRate(AlertLook look, AlertOptions options)
    {
        var rate = look.Calls.Calls > 0 ? (double)look.Calls.Failures / look.Calls.Calls : 0;
        return Of(AlertKind.ErrorRate, look.Calls.Calls >= options.MinimumCalls && rate > options.ErrorRate, rate, options.ErrorRate,
            $"{rate:P1} of {look.Calls.Calls} calls of the store failed within {options.Window}, allowed are {options.ErrorRate:P1}");
    }

    private static AlertFinding Of(AlertKind kind, bool isBad, double value, double threshold, FormattableString message) =>
        new(kind, isBad, value, threshold, isBad ? message.ToString(CultureInfo.InvariantCulture) : "");

    private static AlertFinding Of(AlertKind kind, bool isBad, double value, double threshold, string message) =>
        new(kind, isBad, value, threshold, message);
}
