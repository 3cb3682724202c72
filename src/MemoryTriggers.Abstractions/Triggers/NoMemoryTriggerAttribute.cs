namespace MemoryTriggers;

/// <summary>
/// Leaves out a method, a property's accessors or a type where a trigger on the type or the assembly would apply. A trigger on
/// one of the type's methods itself still counts.
/// </summary>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Property | AttributeTargets.Event | AttributeTargets.Class | AttributeTargets.Struct
        | AttributeTargets.Interface,
    Inherited = false)]
public sealed class NoMemoryTriggerAttribute : Attribute;
