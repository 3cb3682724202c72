using MemoryTriggers.Circuits;

namespace MemoryTriggers.Postgres.Sharing;

/// <summary>States as the table has them.</summary>
internal static class SharedStateNames
{
    public static string Of(SharedCircuitState state) => state switch
    {
        SharedCircuitState.Open => "open",
        SharedCircuitState.Isolated => "isolated",
        SharedCircuitState.Reset => "reset",
        _ => "closed",
    };

    /// <returns><see langword="null"/> for a state of a later version.</returns>
    public static SharedCircuitState? Read(string name) => name switch
    {
        "open" => SharedCircuitState.Open,
        "isolated" => SharedCircuitState.Isolated,
        "reset" => SharedCircuitState.Reset,
        "closed" => SharedCircuitState.Closed,
        _ => null,
    };
}
