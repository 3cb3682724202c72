namespace MemoryTriggers;

/// <summary>A kind of action that a program adds to those that rules may ask for. Called on any thread: it must be thread-safe.</summary>
public interface IPolicyAction
{
    /// <summary>The name that rules call it by, such as <c>notify_team</c>. None of <see cref="PolicyActionTypes"/>.</summary>
    string Type { get; }

    /// <summary>Carries it out. It may be tried again, as the rule says: the same call must do no harm twice.</summary>
    /// <param name="call">The action with its parameters.</param>
    /// <param name="entry">The memory that made the rule match.</param>
    /// <param name="cancellationToken">Ends with the action's time limit.</param>
    /// <exception cref="Exception">It failed; the message becomes the error of the result.</exception>
    ValueTask ExecuteAsync(PolicyActionCall call, MemoryEntry entry, CancellationToken cancellationToken);
}
