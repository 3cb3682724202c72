namespace MemoryTriggers;

/// <summary>
/// The base of the attributes that capture calls of code that you do not own: every call that this assembly makes to the named method of a
/// referenced assembly, directly or through a delegate. Calls from other assemblies, through reflection, by <c>base.Method()</c>, and
/// on a value of a type parameter are not captured; where this assembly makes one of the last kind, the build says so.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public abstract class MemoryTriggerOnAttribute : TriggerSettingsAttribute
{
    private protected MemoryTriggerOnAttribute(TriggerType triggerType, Type type, string method, string? subject = null)
        : base(triggerType, subject)
    {
        Type = type;
        Method = method;
    }

    /// <summary>The type that declares the method; a generic one open, such as <c>typeof(Channel&lt;&gt;)</c>.</summary>
    public Type Type { get; }

    /// <summary>The method's name. All overloads, unless <see cref="ParameterTypes"/> names one.</summary>
    public string Method { get; }

    /// <summary>The types of the parameters of the one overload that is meant. <value>All overloads.</value></summary>
    public Type[]? ParameterTypes { get; set; }
}
