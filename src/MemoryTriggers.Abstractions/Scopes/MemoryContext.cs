using MemoryTriggers.Capture;

namespace MemoryTriggers;

/// <summary>
/// On whose behalf code runs: <c>using (MemoryContext.Begin(new() { Project = "shop", SessionId = "s-17" })) { ... }</c>. Whatever is
/// remembered inside, on whatever thread, carries it, and what is recalled inside is of its project, of its user or of no user. Immutable;
/// what is not set, or empty, is taken from the context around. docs/who-sees-what.md has every method.
/// </summary>
/// <remarks>In the memory: the project is its own, task, session and user are in its provenance, and of what triggers capture all but the
/// project are under <c>context</c> in its value.</remarks>
public sealed record MemoryContext : IFlowContext
{
    /// <summary>The project of memories whose trigger names none, and the one that recall looks at when its query names none.</summary>
    public string? Project { get; init; }

    /// <summary>The agent that works.</summary>
    public string? Agent { get; init; }

    /// <summary>The session; recall can ask for it, and is not limited to it.</summary>
    public string? SessionId { get; init; }

    /// <summary>The task.</summary>
    public string? TaskId { get; init; }

    /// <summary>
    /// The user, whose memories no other user sees. Better an id than a name: memories are kept for a long time.
    /// </summary>
    public string? UserId { get; init; }

    /// <summary>The correlation id of one request across several programs.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>The context of the running code, or <see langword="null"/>.</summary>
    public static MemoryContext? Current => TriggerFlow.Current?.Context as MemoryContext;

    /// <summary>
    /// Begins a context inside the current one. It ends when the answer is disposed, or with the asynchronous method that began it.
    /// </summary>
    public static IDisposable Begin(MemoryContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new MemoryContextFlow(context);
    }

    /// <summary>
    /// Begins a context in which nothing of the current one is left, until the asynchronous method ends that calls it: for work on behalf
    /// of a memory, on a thread of the library.
    /// </summary>
    internal static void Replace(MemoryContext context)
    {
        var merged = context.Inside(null);
        var around = new FlowSurroundings(merged, TriggerFlow.Current?.Target);
        TriggerFlow.Current = TriggerFlow.Current is { IsSuppressed: true }
            ? TriggerFlow.Suppress(merged.Project, around)
            : new TriggerFlow(default, default, merged.Project, null, around);
    }

    internal MemoryContext Inside(MemoryContext? outer) => new()
    {
        Project = Or(Project, outer?.Project),
        Agent = Or(Agent, outer?.Agent),
        SessionId = Or(SessionId, outer?.SessionId),
        TaskId = Or(TaskId, outer?.TaskId),
        UserId = Or(UserId, outer?.UserId),
        CorrelationId = Or(CorrelationId, outer?.CorrelationId),
    };

    void IFlowContext.WriteTo(CaptureRecord record)
    {
        Write(record, CaptureOverride.Agent, Agent);
        Write(record, CaptureOverride.Session, SessionId);
        Write(record, CaptureOverride.Task, TaskId);
        Write(record, CaptureOverride.User, UserId);
        Write(record, CaptureOverride.Correlation, CorrelationId);
    }

    private static string? Or(string? text, string? outer) => text is { Length: > 0 } ? text : outer;

    private static void Write(CaptureRecord record, CaptureOverride what, string? text)
    {
        if (text is { Length: > 0 }) record.Override(what, text);
    }
}
