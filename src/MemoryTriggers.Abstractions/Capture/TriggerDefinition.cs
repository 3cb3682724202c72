using System.ComponentModel;

namespace MemoryTriggers.Capture;

/// <summary>
/// What is known of a trigger at compile time. Written by the generator; kept in the journal so that records explain themselves.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record TriggerDefinition
{
    /// <summary>The kind of event.</summary>
    public required TriggerType Type { get; set; }

    /// <summary>The operation: the method's name, or a scope's operation.</summary>
    public required string Operation { get; set; }

    /// <summary>The full name of the declaring type, or <see langword="null"/> for a scope.</summary>
    public string? DeclaringType { get; set; }

    /// <summary>The declaring type with the types around it, without its namespace; or <see langword="null"/> for a scope.</summary>
    public string? TypeName { get; set; }

    /// <summary>
    /// The type of the message that a method with a general name such as <c>Handle</c> handles; <see langword="null"/> for other methods.
    /// </summary>
    public string? MessageType { get; set; }

    /// <summary>The method as C# shows it, with parameter types; or <see langword="null"/> for a scope.</summary>
    public string? Signature { get; set; }

    /// <summary>The attribute's subject: workflow type, agent type, issue id, error type, and so on.</summary>
    public string? Subject { get; set; }

    /// <summary>The project, or <see langword="null"/> for the ambient or configured one.</summary>
    public string? Project { get; set; }

    /// <summary>The priority, or <see langword="null"/> for the type's default.</summary>
    public TriggerPriority? Priority { get; set; }

    /// <summary>The source, or <see langword="null"/> for the type's default.</summary>
    public string? Source { get; set; }

    /// <summary>Tags beyond the type's own.</summary>
    public IReadOnlyList<string> Tags { get; set; } = [];

    /// <summary>The names of the parameters, in order of their index.</summary>
    public IReadOnlyList<string> Parameters { get; set; } = [];

    /// <summary>The types of the parameters that are captured, empty for the others; in order of their index, or none at all.</summary>
    public IReadOnlyList<string> ParameterTypes { get; set; } = [];

    /// <summary>
    /// The type of the result that is captured, such as <c>List&lt;Order&gt;</c>; <see langword="null"/> when there is none.
    /// </summary>
    public string? ResultType { get; set; }

    /// <summary>The content template, or <see langword="null"/> for the type's default line.</summary>
    public string? Content { get; set; }

    /// <summary>Whether arguments are captured. <value>false</value></summary>
    public bool CaptureArguments { get; set; }

    /// <summary>Whether the result is captured. <value>true</value></summary>
    public bool CaptureResult { get; set; } = true;

    /// <summary>Whether successes are remembered. <value>true</value></summary>
    public bool CaptureOnSuccess { get; set; } = true;

    /// <summary>Whether each success is a memory, or only slow ones and a sample. <value>true</value></summary>
    public bool RememberEach { get; set; } = true;

    /// <summary>Whether failures are remembered. <value>true</value></summary>
    public bool CaptureOnError { get; set; } = true;

    /// <summary>The durability of a record when its call returns. <value>Accepted</value></summary>
    public MemoryDurability Durability { get; set; }

    /// <summary>Whether the trigger is on a command of a command line.</summary>
    public bool IsCommandLine { get; set; }
}
