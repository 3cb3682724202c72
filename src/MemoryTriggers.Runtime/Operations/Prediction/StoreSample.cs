namespace MemoryTriggers.Operations;

/// <summary>The calls of the store between two looks.</summary>
/// <param name="At">When the second look was, in seconds of a clock that only goes forward.</param>
/// <param name="Latency">The time of a call on average, in seconds.</param>
/// <param name="ErrorRate">The share of failures, 0 to 1.</param>
internal readonly record struct StoreSample(double At, double Latency, double ErrorRate);
