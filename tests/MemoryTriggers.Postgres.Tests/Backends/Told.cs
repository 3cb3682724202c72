using System.Threading.Channels;

namespace MemoryTriggers.Tests.Backends;

/// <summary>What a backend was told of, in order. Subscribed after a cache, so that the cache has heard it before a test goes on.</summary>
internal sealed class Told : IDisposable
{
    private readonly Channel<IReadOnlyList<Guid>?> _changes = Channel.CreateUnbounded<IReadOnlyList<Guid>?>();
    private readonly INotifyMemoryChanges _backend;

    public Told(INotifyMemoryChanges backend)
    {
        _backend = backend;
        _backend.MemoriesChanged += Note;
    }

    public ValueTask<IReadOnlyList<Guid>?> NextAsync(CancellationToken cancellationToken) => _changes.Reader.ReadAsync(cancellationToken);

    /// <summary>Waits for one that is meant, and passes over others.</summary>
    public async Task UntilAsync(Func<IReadOnlyList<Guid>?, bool> isMeant, CancellationToken cancellationToken)
    {
        while (!isMeant(await NextAsync(cancellationToken)))
        {
        }
    }

    public void Dispose() => _backend.MemoriesChanged -= Note;

    private void Note(object? sender, MemoriesChangedEventArgs changed) => _changes.Writer.TryWrite(changed.Ids);
}
