using MemoryTriggers.Delivery.Sampling;
using Microsoft.Extensions.Logging.Abstractions;
using MemoryTriggers.Problems;

namespace MemoryTriggers.TestKit;

/// <summary>What was counted and is no memory.</summary>
internal static class CountedOperations
{
    /// <summary>The number of executions of each operation.</summary>
    public static IReadOnlyDictionary<string, long> Read(string folder)
    {
        using var rates = new OperationRates(folder, ProblemLog.At(null, TimeProvider.System), TimeProvider.System, NullLogger.Instance);
        return rates.Read(DateTimeOffset.UnixEpoch, null).GroupBy(static rate => rate.Operation.Key)
            .ToDictionary(static same => same.Key, static same => same.Sum(static rate => rate.Executions));
    }
}
