using System.Diagnostics;

namespace MemoryTriggers.Hooks;

/// <summary>An event reported to <see cref="MemoryHooks"/>. Immutable. A callback for this type is notified of all events.</summary>
public abstract record HookEvent
{
    internal const string DefaultSource = "framework";

    private protected HookEvent()
    {
    }

    /// <summary>Which hook it is.</summary>
    public abstract HookType Type { get; }

    /// <summary>The operation, such as <c>deployment</c>. <value>The name of the hook</value></summary>
    public string Operation
    {
        get => field is { Length: > 0 } name ? name : HookTypes.Name(Type);
        init;
    } = "";

    /// <summary>The project. <value>That of the ambient context, else the configured one</value></summary>
    public string? Project { get; init; }

    /// <summary>The source of the event. <value><c>framework</c></value></summary>
    public string Source { get; init; } = DefaultSource;

    /// <summary>How long it took. <value>Zero: it is not about a time</value></summary>
    public TimeSpan Duration { get; init; }

    /// <summary>How urgent the memory is. <value>That of the type of trigger</value></summary>
    public TriggerPriority? Priority { get; init; }

    /// <summary>Words to filter by, beside those of the hook. <value>None</value></summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>
    /// More about it. Values are read from their fields; what a name gives away as secret is left out. <value>None</value>
    /// </summary>
    public IReadOnlyDictionary<string, object?> Metadata { get; init; } = new Dictionary<string, object?>();

    /// <summary>How it ended.</summary>
    public virtual TriggerOutcome Outcome => TriggerOutcome.Success;

    /// <summary>The type of workflow or agent, the issue, and so on.</summary>
    internal virtual string? Subject => null;

    /// <summary>A tag beside the subject.</summary>
    internal virtual string? Kind => null;

    /// <summary>Its result, its text, or what was learned; part of the value of the memory.</summary>
    internal virtual object? Detail => null;

    /// <summary>Whether <see cref="Detail"/> is the result of an operation, which may be unwanted.</summary>
    internal virtual bool HasResult => false;

    /// <summary>The operation's own trace, where it has one.</summary>
    internal Activity? Activity { get; init; }

    /// <summary>
    /// The subject, when several hosts of one process may receive the event: one memory is made of it. <see langword="null"/>: only one
    /// host receives it.
    /// </summary>
    internal object? Once { get; init; }

    /// <summary>The exception that it is about, where that itself is not to be kept.</summary>
    internal Exception? About { get; init; }

    /// <summary>Handing over waits until the memory is forced to disk, within a bound: the process may be about to end.</summary>
    internal bool MustSync { get; init; }
}
