namespace MemoryTriggers.Policies;

/// <summary>Sets the score of a stored memory. That of the captured one is set when the rule matches.</summary>
internal sealed class ScoreHandler(IMemoryBackend backend, TimeProvider time) : IPolicyActionHandler
{
    public string Type => PolicyActionTypes.SetQualityScore;

    public async ValueTask<IReadOnlyList<MemoryEntry>> ExecuteAsync(PolicyActionCall call, MemoryEntry entry,
        CancellationToken cancellationToken)
    {
        if (ActionParameters.Number(call.Parameters, "score") is not (>= 0 and <= 1 and var score))
            throw new PolicyActionException("the score is not a number between 0 and 1", isPermanent: true);
        var stored = await TargetMemory.GetAsync(backend, call, entry, cancellationToken).ConfigureAwait(false);
        return [await TargetMemory.ChangeAsync(
            backend, stored, current => current with { QualityScore = score }, call, time, cancellationToken).ConfigureAwait(false)];
    }
}
