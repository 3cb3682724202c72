namespace MemoryTriggers;

/// <summary>
/// Captures calls where they are made: every call that this assembly makes to the named method of a referenced assembly, or to a method
/// of its own that has no body (of an interface, or abstract), directly or through a delegate. Calls from other assemblies, through
/// reflection, by <c>base.Method()</c>, and on a value of a type parameter are
/// not captured; where this assembly makes one of the last kind, the build says so.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class MemoryTriggerOnAttribute : TriggerSettingsAttribute
{
    /// <summary>Creates the trigger.</summary>
    /// <param name="type">The type that declares the method; a generic one open, such as <c>typeof(Channel&lt;&gt;)</c>.</param>
    /// <param name="method">The method's name, such as <c>nameof(SmtpClient.Send)</c>.</param>
    /// <param name="triggerType">What a call is remembered as.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="triggerType"/> is not a defined value.</exception>
    public MemoryTriggerOnAttribute(Type type, string method, TriggerType triggerType)
        : base(triggerType)
    {
        Type = type;
        Method = method;
    }

    /// <summary>The type that declares the method.</summary>
    public Type Type { get; }

    /// <summary>The method's name. All overloads, unless <see cref="ParameterTypes"/> names one.</summary>
    public string Method { get; }

    /// <summary>The types of the parameters of the one overload that is meant. <value>All overloads.</value></summary>
    public Type[]? ParameterTypes { get; set; }

    /// <summary>
    /// What the call is about: the workflow type, agent type, issue id, error type, milestone, or the type of knowledge, pattern or
    /// decision.
    /// <value>None</value>
    /// </summary>
    public string? Subject { get; set; }
}
