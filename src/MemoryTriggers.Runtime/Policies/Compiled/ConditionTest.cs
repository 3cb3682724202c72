namespace MemoryTriggers.Policies;

/// <summary>A condition as code.</summary>
internal delegate bool ConditionTest(EvaluationContext context);
