namespace MemoryTriggers.Delivery.Sampling;

/// <summary>An execution of an operation whose successes are not all remembered.</summary>
/// <param name="Id">Of its record: one that is delivered again is not counted again.</param>
/// <param name="Operation">The operation.</param>
/// <param name="EndedAt">When it ended, in UTC.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="IsFailure">Whether it is an error; a cancellation is none.</param>
/// <param name="IsRemembered">Whether it becomes a memory.</param>
internal readonly record struct CountedExecution(
    Guid Id, OperationName Operation, DateTimeOffset EndedAt, TimeSpan Duration, bool IsFailure, bool IsRemembered);
