namespace MemoryTriggers;

/// <summary>A circuit changed its state.</summary>
/// <param name="backend">The store behind it.</param>
/// <param name="from">The state before.</param>
/// <param name="to">The state now.</param>
/// <param name="reason">Why, without any payload.</param>
public sealed class CircuitStateChangedEventArgs(string backend, CircuitState from, CircuitState to, string reason) : EventArgs
{
    /// <summary>The store behind it.</summary>
    public string Backend { get; } = backend;

    /// <summary>The state before.</summary>
    public CircuitState From { get; } = from;

    /// <summary>The state now.</summary>
    public CircuitState To { get; } = to;

    /// <summary>Why, in a few words.</summary>
    public string Reason { get; } = reason;
}
