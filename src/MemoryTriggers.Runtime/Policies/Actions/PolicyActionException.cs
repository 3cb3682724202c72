namespace MemoryTriggers.Policies;

/// <summary>An action that could not be executed.</summary>
/// <param name="message">Why, without payload.</param>
/// <param name="isPermanent">Whether trying again is pointless.</param>
internal sealed class PolicyActionException(string message, bool isPermanent) : Exception(message)
{
    public bool IsPermanent { get; } = isPermanent;
}
