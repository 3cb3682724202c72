using MemoryTriggers.TestKit;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Configuration;

/// <summary>Repetitions, and what is logged of operations of the store.</summary>
public sealed class RetryingBackendTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly CollectingLoggers _loggers = new(out _);
    private readonly Scripted _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // Without keys of its own nothing is limited, repeated or told.
    [Fact]
    public async Task Read_OfAConfigurationThatSaysNothingOfIt_IsNeitherRepeatedNorLogged()
    {
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _store.Act = _ => answer.Task;
        var reading = Backend("project: shop\n").GetAsync(Any.Id(), Token).AsTask();

        _time.Advance(TimeSpan.FromHours(1));
        var isEarly = reading.IsCompleted;
        answer.SetException(new MemoryBackendException("scripted", "away", isTransient: true));

        await Assert.ThrowsAsync<MemoryBackendException>(() => reading);
        Assert.Equal((false, 1), (isEarly, _store.Calls));
        Assert.Empty(_loggers.Lines);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 3)]
    public async Task Read_ThatFails_IsRepeatedAsOftenAsConfigured(int retries, int attempts)
    {
        _store.Act = static _ => throw new MemoryBackendException("scripted", "away", isTransient: true);
        var backend = Backend($"backend: {{max_retries: {retries}, retry_delay: 0}}\n");

        await Assert.ThrowsAsync<MemoryBackendException>(() => backend.GetAsync(Any.Id(), Token).AsTask());

        Assert.Equal(attempts, _store.Calls);
    }

    [Fact]
    public async Task Read_ThatThrowsWhatNoStoreShould_IsRepeated()
    {
        _store.Act = static _ => throw new InvalidOperationException();

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => Backend("backend: {max_retries: 1, retry_delay: 0}\n").GetAsync(Any.Id(), Token).AsTask());

        Assert.Equal(2, _store.Calls);
    }

    [Fact]
    public async Task Read_ThatIsRefusedForGood_IsNotRepeated()
    {
        _store.Act = static _ => throw new MemoryBackendException("scripted", "no", isTransient: false);

        await Assert.ThrowsAsync<MemoryBackendException>(() => Backend("").CountAsync(new MemoryQuery(), Token).AsTask());

        Assert.Equal(1, _store.Calls);
    }

    [Theory]
    [InlineData("slow_operation_threshold_ms: 100, performance_monitoring_enabled: true", 1)]
    [InlineData("slow_operation_threshold_ms: 101, performance_monitoring_enabled: true", 0)]
    [InlineData("slow_operation_threshold_ms: 100, performance_monitoring_enabled: false", 0)]
    public async Task Operation_ThatIsSlow_IsWarnedOf(string keys, int warnings)
    {
        _store.Act = _ =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            return Task.CompletedTask;
        };

        await Backend($"monitoring: {{{keys}, log_memory_operations: false}}\n").StoreAsync([Any.Entry()], Token);

        Assert.Equal(warnings, _loggers.Warnings.Count);
        Assert.All(_loggers.Warnings, static line => Assert.Equal("Store of scripted took 00:00:00.1000000", line));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Operation_IsLogged_WithoutWhatItIsAbout(bool isLogged)
    {
        await Backend($"monitoring: {{log_memory_operations: {(isLogged ? "true" : "false")}}}\n").StoreAsync([Any.Entry("secret words"), Any.Entry()], Token);

        Assert.Equal(isLogged ? ["Store of scripted: 2 memories in 00:00:00"] : [], _loggers.Lines);
    }

    private RetryingBackend Backend(string yaml) =>
        new(_store, new LiveConfiguration(Configured.Yaml(yaml)), _time, _loggers.CreateLogger<RetryingBackend>());

    /// <summary>A store that does what a test says, and has nothing.</summary>
    private sealed class Scripted : IMemoryBackend
    {
        public Func<CancellationToken, Task> Act { get; set; } = static _ => Task.CompletedTask;

        public int Calls { get; private set; }

        public string Name => "scripted";

        public ValueTask InitializeAsync(CancellationToken cancellationToken) => default;

        public async ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken) => await CallAsync(cancellationToken);

        public async ValueTask<MemoryEntry?> GetAsync(Guid id, CancellationToken cancellationToken)
        {
            await CallAsync(cancellationToken);
            return null;
        }

        public async ValueTask<IReadOnlyList<MemoryEntry>> QueryAsync(MemoryQuery query, CancellationToken cancellationToken)
        {
            await CallAsync(cancellationToken);
            return [];
        }

        public async ValueTask<IReadOnlyList<MemoryHit>> SearchAsync(string text, MemoryQuery query, CancellationToken cancellationToken)
        {
            await CallAsync(cancellationToken);
            return [];
        }

        public async ValueTask<long> CountAsync(MemoryQuery query, CancellationToken cancellationToken)
        {
            await CallAsync(cancellationToken);
            return 0;
        }

        public async ValueTask<bool> DeleteAsync(Guid id, CancellationToken cancellationToken)
        {
            await CallAsync(cancellationToken);
            return false;
        }

        public object? GetService(Type serviceType, object? key = null) => key is null && serviceType.IsInstanceOfType(this) ? this : null;

        public async ValueTask<MemoryBackendHealth> CheckHealthAsync(CancellationToken cancellationToken)
        {
            await CallAsync(cancellationToken);
            return new MemoryBackendHealth(Name, IsHealthy: true, "");
        }

        public ValueTask DisposeAsync() => default;

        private Task CallAsync(CancellationToken cancellationToken)
        {
            Calls++;
            return Act(cancellationToken);
        }
    }
}
