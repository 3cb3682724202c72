namespace MemoryTriggers.Documents.Examples;

/// <summary>The examples of the document about reliability, in C#.</summary>
public sealed class ReliabilityTests : IDisposable
{
    private readonly ExampleFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Operation_BehindTheCircuitBreaker_IsRefusedAfterFiveFailures()
    {
        await using var service = await StartAsync();
        var breaker = Assert.Single(service.CircuitBreakers);

        Assert.Equal("answer", await breaker.ExecuteAsync(static _ => ValueTask.FromResult("answer"), Token));
        for (var failure = 0; failure < 5; failure++)
            await Assert.ThrowsAsync<InvalidOperationException>(async () => await breaker.ExecuteAsync<int>(static _ => throw new InvalidOperationException("down"), Token));
        var calls = 0;
        var refused = await Assert.ThrowsAsync<MemoryServiceUnavailableException>(async () => await breaker.ExecuteAsync(_ => ValueTask.FromResult(calls++), Token));

        Assert.Equal((CircuitState.Open, 0), (breaker.State, calls));
        Assert.NotNull(refused.RetryAfter);
        Assert.Equal(5, breaker.GetStatus().Failures);
        breaker.Reset();
        Assert.Equal(1, await breaker.ExecuteAsync(static _ => ValueTask.FromResult(1), Token));
    }

    [Fact]
    public async Task Operation_GivenUpByItsCaller_CountsAsNeither()
    {
        await using var service = await StartAsync();
        var breaker = Assert.Single(service.CircuitBreakers);
        var before = breaker.GetStatus().Requests;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await breaker.ExecuteAsync(
            static async token =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
                return 0;
            }, new CancellationToken(canceled: true)));

        Assert.Equal((CircuitState.Closed, before), (breaker.State, breaker.GetStatus().Requests));
    }

    [Fact]
    public async Task Recovery_OfAServiceThatWorks_Succeeds()
    {
        await using var service = await StartAsync();

        Assert.True(await service.RecoverAsync(cancellationToken: Token));
        Assert.Equal(MemoryServiceStatus.Healthy, (await service.GetHealthAsync(Token)).Status);
    }

    private Task<MemoryTriggerService> StartAsync() => MemoryTriggerService.StartAsync(
        options =>
        {
            options.DataDirectory = _folder.Path;
            options.Operations.CircuitBreaker = new()
            {
                FailureThreshold = 5,
                RecoveryTimeout = TimeSpan.FromSeconds(60),
                SuccessThreshold = 3,
                OperationTimeout = TimeSpan.FromSeconds(30),
                Enabled = true,
            };
        },
        new InMemoryMemoryBackend(), cancellationToken: Token);
}
