namespace MemoryTriggers;

/// <summary>The decision of the policies about one memory. A value type, so that deciding allocates nothing when nothing applies.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Entry">The memory, with the changes that rules made.</param>
/// <param name="Reasons">The rules that decided, with their reasons, in order; never empty.</param>
/// <param name="Actions">The actions that remain to be executed, in order. Tags, scores and log lines are applied already.</param>
public readonly record struct PolicyDecision(
    PolicyVerdict Verdict, MemoryEntry Entry, IReadOnlyList<PolicyReason> Reasons, IReadOnlyList<PolicyActionCall> Actions)
{
    /// <summary>Whether the memory is to be stored, now or with others.</summary>
    public bool IsStored => Verdict is PolicyVerdict.Allow or PolicyVerdict.Modify or PolicyVerdict.Batch;
}
