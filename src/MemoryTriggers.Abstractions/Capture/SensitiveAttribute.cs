namespace MemoryTriggers;

/// <summary>Marks what must never land in a memory. The value is dropped at capture, before anything is written anywhere.</summary>
[AttributeUsage(
    AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.ReturnValue |
    AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class SensitiveAttribute : Attribute;
