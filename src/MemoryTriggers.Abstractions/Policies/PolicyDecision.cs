namespace MemoryTriggers;

/// <summary>What the policies say of one memory. A value, so that deciding allocates nothing when nothing applies.</summary>
/// <param name="Verdict">What is to become of it.</param>
/// <param name="Entry">The memory, with the changes that rules made.</param>
/// <param name="Reasons">Who decided it and why, in order; never empty.</param>
/// <param name="Actions">What remains to be carried out, in order. Tags, scores and log lines are applied already.</param>
public readonly record struct PolicyDecision(
    PolicyVerdict Verdict, MemoryEntry Entry, IReadOnlyList<PolicyReason> Reasons, IReadOnlyList<PolicyActionCall> Actions)
{
    /// <summary>Whether the memory is to be stored, now or with others.</summary>
    public bool IsStored => Verdict is PolicyVerdict.Allow or PolicyVerdict.Modify or PolicyVerdict.Batch;
}
