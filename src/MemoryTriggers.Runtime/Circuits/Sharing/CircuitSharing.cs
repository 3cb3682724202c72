namespace MemoryTriggers.Circuits;

/// <summary>
/// Makes the circuits of several processes one, as far as that is good for all: a store that fails for one is left alone by the others, until one of them
/// finds that it answers. A process that alone cannot reach a store says so once, and does not keep the others from it. Used by one loop.
/// </summary>
internal sealed class CircuitSharing(IReadOnlyList<CircuitBreaker> circuits)
{
    private readonly Dictionary<string, SharedCircuitState> _told = circuits.ToDictionary(static circuit => circuit.Backend, static _ => SharedCircuitState.Closed);

    /// <summary>What changed here since <see cref="Told"/>.</summary>
    public IReadOnlyList<SharedCircuit> News()
    {
        var news = new List<SharedCircuit>();
        foreach (var circuit in circuits)
        {
            var (state, told) = (StateOf(circuit.GetStatus()), _told[circuit.Backend]);
            if (state == told) continue;
            // The word of whoever isolated it stands until somebody takes it back.
            news.Add(new SharedCircuit(circuit.Backend, state == SharedCircuitState.Closed && told == SharedCircuitState.Isolated ? SharedCircuitState.Reset : state, TimeSpan.Zero));
        }

        return news;
    }

    /// <summary>The others know that now.</summary>
    public void Told(IReadOnlyList<SharedCircuit> news)
    {
        foreach (var told in news) _told[told.Backend] = told.State == SharedCircuitState.Reset ? SharedCircuitState.Closed : told.State;
    }

    /// <summary>What another process found out.</summary>
    public void Hear(SharedCircuit news)
    {
        if (circuits.FirstOrDefault(circuit => circuit.Backend == news.Backend) is not { } circuit) return;
        switch (news.State)
        {
            case SharedCircuitState.Isolated:
                circuit.Isolate();
                break;
            case SharedCircuitState.Open:
                Release(circuit);
                circuit.OpenAsTold(news.Age);
                break;
            case SharedCircuitState.Reset:
                circuit.Reset();
                break;
            default:
                Release(circuit);
                // It answers somebody: that is worth a try, and no proof that it answers here.
                circuit.LetTry();
                break;
        }

        _told[circuit.Backend] = StateOf(circuit.GetStatus());
    }

    // Others speak of an isolated store again only when somebody has reset it, and this process has not heard that.
    private void Release(CircuitBreaker circuit)
    {
        if (_told[circuit.Backend] == SharedCircuitState.Isolated) circuit.Reset();
    }

    private static SharedCircuitState StateOf(CircuitBreakerStatus status) =>
        status.IsIsolated ? SharedCircuitState.Isolated : status.State == CircuitState.Closed ? SharedCircuitState.Closed : SharedCircuitState.Open;
}
