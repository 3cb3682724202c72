namespace MemoryTriggers.Circuits;

/// <summary>The states in the words of the reference.</summary>
internal static class CircuitNames
{
    public static string Of(CircuitState state) => state switch
    {
        CircuitState.Closed => "closed",
        CircuitState.Open => "open",
        _ => "half_open",
    };
}
