namespace MemoryTriggers;

/// <summary>The counts of errors that occurred again, since the start.</summary>
/// <param name="Recalled">How often something was known.</param>
/// <param name="Abandoned">How often the store did not answer within <see cref="AutoRecallOptions.Budget"/>; the program went on
/// without.</param>
/// <param name="Faults">How often looking failed, as by an exception of the user's that throws when it is read.</param>
public sealed record AutoRecallStatistics(long Recalled, long Abandoned, long Faults);
