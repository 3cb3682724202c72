namespace MemoryTriggers;

/// <summary>
/// The base of all trigger attributes. The build weaves a decorated method so that each execution, by whatever route it is called,
/// is captured while a runtime is started. The method's own behaviour does not change. On a class, a struct or an assembly the trigger
/// applies to all matching methods there that have no nearer one: those of a method count before those of its type, and these before
/// those of the assembly. <see cref="NoMemoryTriggerAttribute"/> leaves out a method or a type.
/// </summary>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Assembly, AllowMultiple = true,
    Inherited = false)]
public abstract class MemoryTriggerAttribute : TriggerSettingsAttribute
{
    private protected MemoryTriggerAttribute(TriggerType triggerType, string? subject = null)
        : base(triggerType) => Subject = subject;

    /// <summary>What it is about: the workflow type, agent type, issue id, error type, and so on.</summary>
    public string? Subject { get; private protected set; }

    /// <summary>On a type or an assembly: which of the methods, by accessibility. No meaning on a method. <value>Public</value></summary>
    public TriggerMembers Members { get; set; } = TriggerMembers.Public;

    /// <summary>
    /// On a type or an assembly: the names of the methods, such as <c>"Push*"</c>; <c>*</c> matches any characters, upper and lower case
    /// are different. No meaning on a method. <value>All names.</value>
    /// </summary>
    public string? MethodPattern { get; set; }

    /// <summary>
    /// On an assembly: the full names of the types, such as <c>"Shop.Orders.*"</c>; nested types behind a dot, generic ones without
    /// their parameters. No meaning elsewhere. <value>All types.</value>
    /// </summary>
    public string? TypePattern { get; set; }

    /// <summary>
    /// On a type or an assembly: only the methods that implement this interface, in any construction of it, and their overrides; such as
    /// <c>typeof(IRequestHandler&lt;,&gt;)</c>. Without <see cref="Members"/> explicit implementations count too. No meaning on a method.
    /// <value>All methods.</value>
    /// </summary>
    public Type? Implements { get; set; }
}
