using System.ComponentModel;

namespace MemoryTriggers.Capture;

/// <summary>
/// Tells the weaver which method a generated wrapper belongs to, or which method of other code it replaces in calls. The weaver removes it.
/// </summary>
/// <param name="method">
/// The type's metadata name, <c>::</c>, the method's metadata name; then, each after a bar, the metadata names of hidden types; then
/// <c>#</c> and the number of the method's trigger, and where calls are replaced a dot and the number of the assembly's trigger.
/// </param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class WrapsAttribute(string method) : Attribute
{
    /// <summary>Which method.</summary>
    public string Method { get; } = method;
}
