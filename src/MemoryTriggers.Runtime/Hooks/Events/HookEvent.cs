using System.Diagnostics;
using MemoryTriggers.Hooks;

namespace MemoryTriggers;

/// <summary>An event reported to <see cref="MemoryHooks"/>, and passed to its callbacks. Immutable.</summary>
public sealed record HookEvent
{
    internal const string DefaultSource = "framework";
    private readonly TriggerOutcome? _outcome;

    /// <summary>Which hook it is.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a value that is not defined.</exception>
    public required HookType Type
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "No such type of event.");
    }

    /// <summary>The operation, such as <c>deployment</c>. <value>The name of the hook</value></summary>
    public string Operation
    {
        get => field is { Length: > 0 } name ? name : HookTypes.Name(Type, Outcome);
        init;
    } = "";

    /// <summary>
    /// What it is about: the type of workflow or agent, the issue, milestone or decision, the type of knowledge or pattern. Of an error:
    /// the type of workflow or agent, or the issue, that it left; becomes a tag. <value>None; read as <c>unknown</c> where the line
    /// of the memory names it, knowledge as <c>general</c></value>
    /// </summary>
    public string? Subject { get; init; }

    /// <summary>
    /// More about the subject, part of line and value: the result of a workflow or agent, the resolution of an issue, the rationale of a
    /// decision, what was learned, or the description of a milestone or pattern. Not for errors: see <see cref="Solution"/>.
    /// <value>None</value>
    /// </summary>
    public object? Detail { get; init; }

    /// <summary>
    /// How it ended. <value>Canceled after an <see cref="OperationCanceledException"/>, failure after an error or another exception;
    /// success with a <see cref="Solution"/>, and for everything else</value>
    /// </summary>
    public TriggerOutcome Outcome
    {
        get => _outcome ?? DefaultOutcome;
        init => _outcome = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "No such outcome.");
    }

    /// <summary>Whether it is an error: of a workflow, an agent, an issue, or any other.</summary>
    public bool IsError => HookTypes.IsError(Type);

    /// <summary>The exception, if any. <value>None</value></summary>
    public Exception? Exception { get; init; }

    /// <summary>Of an error, its type, such as <c>database_error</c>. <value>The exception's type without its namespace</value></summary>
    public string? ErrorType { get; init; }

    /// <summary>Of an error, its message. <value>The exception's message</value></summary>
    public string? ErrorMessage { get; init; }

    /// <summary>Of an error, its solution. If set, the error counts as resolved. <value>None</value></summary>
    public string? Solution { get; init; }

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

    private TriggerOutcome DefaultOutcome => this switch
    {
        { Solution.Length: > 0 } => TriggerOutcome.Success,
        { Exception: { } exception } => TriggerOutcomes.Of(exception),
        { IsError: true } => TriggerOutcome.Failure,
        _ => TriggerOutcome.Success,
    };
}
