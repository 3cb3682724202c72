namespace MemoryTriggers.Delivery.Sampling;

/// <summary>How often an operation ran within an hour, and how long it took.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Hour">The beginning of the hour, in UTC.</param>
/// <param name="Executions">All executions.</param>
/// <param name="Failures">The errors; a cancellation is none.</param>
/// <param name="Remembered">Those that are memories as well.</param>
/// <param name="Total">The sum of their durations.</param>
/// <param name="Longest">The longest of them.</param>
internal sealed record OperationRate(
    OperationName Operation, DateTimeOffset Hour, long Executions, long Failures, long Remembered, TimeSpan Total, TimeSpan Longest);
