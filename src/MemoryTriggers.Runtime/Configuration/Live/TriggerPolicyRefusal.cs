namespace MemoryTriggers.Configuration;

/// <summary>Why a trigger policy does not let a memory through. Names and numbers only: nothing of what the memory says.</summary>
/// <param name="Key">The key that decides.</param>
/// <param name="Value">What it demands.</param>
/// <param name="Why">What was found instead.</param>
internal readonly record struct TriggerPolicyRefusal(string Key, string Value, string Why)
{
    public PolicyReason Reason(string rule) => new(rule, $"{Key}: {Value}", Why);
}
