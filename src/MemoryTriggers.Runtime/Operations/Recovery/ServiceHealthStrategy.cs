namespace MemoryTriggers.Operations;

/// <summary>First: perhaps the store is back by itself. Nothing is done; the question that follows each strategy is the strategy.</summary>
internal sealed class ServiceHealthStrategy : IRecoveryStrategy
{
    public string Name => "service_health";

    public ValueTask<string> TryAsync(CancellationToken cancellationToken) => new("it was asked again");
}
