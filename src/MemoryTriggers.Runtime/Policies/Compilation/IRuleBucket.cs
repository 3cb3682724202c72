namespace MemoryTriggers.Policies;

/// <summary>Rules that need something of the same field.</summary>
internal interface IRuleBucket
{
    /// <summary>Adds those whose need the memory fulfils.</summary>
    void AddTo(ulong[] candidates, EvaluationContext context);
}
