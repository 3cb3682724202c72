using System.ComponentModel;

namespace MemoryTriggers.Capture;

/// <summary>Tells the weaver which method of another assembly a generated wrapper replaces. The weaver removes it.</summary>
/// <param name="method">The type's metadata name, <c>::</c>, the method's metadata name.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class RedirectsAttribute(string method) : Attribute
{
    /// <summary>Which method.</summary>
    public string Method { get; } = method;
}
