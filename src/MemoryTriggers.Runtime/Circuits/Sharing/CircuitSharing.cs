namespace MemoryTriggers.Circuits;

/// <summary>
/// Makes the circuits of several processes one, as far as that is good for all: when a store fails for one, the others open their circuits
/// too, until one of them finds that it answers. A process that alone cannot reach a store says so once, and does not keep the others from
/// it. Used by one loop.
/// </summary>
internal sealed class CircuitSharing(IReadOnlyList<CircuitBreaker> circuits)
{
    private readonly Dictionary<string, SharedCircuitState> _told = circuits.ToDictionary(static circuit => circuit.Backend,
        static _ => SharedCircuitState.Closed);

    /// <summary>The changes of this process since <see cref="Told"/>.</summary>
    public IReadOnlyList<SharedCircuit> News()
    {
        var news = new List<SharedCircuit>();
        foreach (var circuit in circuits)
        {
            var (state, told) = (StateOf(circuit.GetStatus()), _told[circuit.Backend]);
            if (state == told) continue;
            // An isolation holds until it is reset.
            news.Add(new SharedCircuit(circuit.Backend, state == SharedCircuitState.Closed && told == SharedCircuitState.Isolated
                ? SharedCircuitState.Reset
                : state, TimeSpan.Zero));
        }

        return news;
    }

    /// <summary>The others know that now.</summary>
    public void Told(IReadOnlyList<SharedCircuit> news)
    {
        foreach (var told in news) _told[told.Backend] = told.State == SharedCircuitState.Reset ? SharedCircuitState.Closed : told.State;
    }

    /// <summary>The state that another process found.</summary>
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
                // It answers another process: worth a try, and no proof that it answers here.
                circuit.LetTry();
                break;
        }

        _told[circuit.Backend] = StateOf(circuit.GetStatus());
    }

    // Others report an isolated store again only after a reset that this process has missed.
    private void Release(CircuitBreaker circuit)
    {
        if (_told[circuit.Backend] == SharedCircuitState.Isolated) circuit.Reset();
    }

    private static SharedCircuitState StateOf(CircuitBreakerStatus status) =>
        status.IsIsolated
            ? SharedCircuitState.Isolated : status.State == CircuitState.Closed ? SharedCircuitState.Closed : SharedCircuitState.Open;
}
