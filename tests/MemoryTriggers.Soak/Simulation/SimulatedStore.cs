using System.Globalization;

namespace MemoryTriggers.Soak.Simulation;

/// <summary>A store on the other side of a network. It outlives the processes that use it.</summary>
internal sealed class SimulatedStore(Random random) : IMemoryBackend
{
    private readonly Dictionary<Guid, int> _numbers = [];
    private readonly List<string> _problems = [];

    public NetworkWeather Weather { get; set; }

    /// <summary>The clock of the process that lives now.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    public string Name => "simulated";

    public IEnumerable<int> Numbers => _numbers.Values;

    /// <summary>Memories that are not what was recorded.</summary>
    public IReadOnlyList<string> Problems => _problems;

    public ValueTask InitializeAsync(CancellationToken cancellationToken) => default;

    public async ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var weather = Weather == NetworkWeather.Changing ? (NetworkWeather)random.Next((int)NetworkWeather.Changing) : Weather;
        if (weather is NetworkWeather.Slow) await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 2_000)), Time, cancellationToken).ConfigureAwait(false);
        if (weather is NetworkWeather.Down) throw new MemoryBackendException(Name, "there is no connection", isTransient: true);
        if (weather is NetworkWeather.Silent) await NeverAsync(cancellationToken).ConfigureAwait(false);
        // Only a remote store without transactions does that; delivery has to live with it.
        if (weather is NetworkWeather.Partial)
        {
            Commit(batch.Take(random.Next(batch.Count)).TakeWhile(static entry => !SimulatedRecord.IsPoison(entry.Content)));
            throw new MemoryBackendException(Name, "the connection was reset", isTransient: true);
        }

        if (batch.Any(static entry => SimulatedRecord.IsPoison(entry.Content))) throw new MemoryBackendException(Name, "400", isTransient: false);
        Commit(batch);
        if (weather is NetworkWeather.ReplyLost) throw new MemoryBackendException(Name, "the reply was lost", isTransient: true);
        if (weather is NetworkWeather.ReplyNeverComes) await NeverAsync(cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<MemoryEntry?> GetAsync(Guid id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<MemoryEntry>> QueryAsync(MemoryQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<MemoryHit>> SearchAsync(string text, MemoryQuery query, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<long> CountAsync(MemoryQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<bool> DeleteAsync(Guid id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public object? GetService(Type serviceType, object? key = null) => key is null && serviceType.IsInstanceOfType(this) ? this : null;

    public ValueTask<MemoryBackendHealth> CheckHealthAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => default;

    // Not Task.Delay: what follows its cancellation happens on the thread pool, at any time.
    private static async Task NeverAsync(CancellationToken cancellationToken)
    {
        var never = new TaskCompletionSource();
        await using var cancellation = cancellationToken.UnsafeRegister(_ => never.TrySetCanceled(cancellationToken), null).ConfigureAwait(false);
        await never.Task.ConfigureAwait(false);
    }

    private void Commit(IEnumerable<MemoryEntry> entries)
    {
        foreach (var entry in entries)
        {
            var number = SimulatedRecord.Number(entry.Content);
            if (number < 0 || entry.Key != SimulatedRecord.Operation)
                _problems.Add(string.Create(CultureInfo.InvariantCulture, $"a memory that nobody recorded: {entry.Key}, {entry.Content.Length} characters"));
            _numbers[entry.Id] = number;
        }
    }
}
