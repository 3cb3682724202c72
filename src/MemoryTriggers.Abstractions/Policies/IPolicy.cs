namespace MemoryTriggers;

/// <summary>
/// A policy that a program writes itself. Asked after the policies of the trigger's type and before the rules, on any thread: it must be
/// thread-safe and quick. One that throws is skipped, and counted.
/// </summary>
public interface IPolicy
{
    /// <summary>Its name in reasons and counters.</summary>
    string Name { get; }

    /// <summary>The only type of trigger that it cares for. <value>All of them.</value></summary>
#if NET
    TriggerType? AppliesTo => null;
#else
    TriggerType? AppliesTo { get; }
#endif

    /// <summary>Says what is to become of a memory.</summary>
    /// <returns><see langword="null"/> for no opinion. <see cref="PolicyVerdict.Deny"/> and <see cref="PolicyVerdict.Defer"/> end the
    /// evaluation.</returns>
    PolicyOpinion? Evaluate(MemoryEntry entry);
}
