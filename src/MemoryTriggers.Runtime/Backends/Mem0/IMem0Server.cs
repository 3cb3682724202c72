using System.Text.Json;

namespace MemoryTriggers.Backends.Mem0;

/// <summary>The differences between the two servers.</summary>
internal interface IMem0Server
{
    /// <summary>Adds a memory. Returns the server's own id.</summary>
    /// <exception cref="MemoryBackendException">It did not, or it did not say under which id.</exception>
    ValueTask<string> AddAsync(MemoryEntry entry, CancellationToken cancellationToken);

    ValueTask UpdateAsync(string remoteId, MemoryEntry entry, CancellationToken cancellationToken);

    /// <returns><see langword="false"/> when it was gone already.</returns>
    ValueTask<bool> DeleteAsync(string remoteId, CancellationToken cancellationToken);

    /// <summary>The items that have our id; more than one only after a write by another client.</summary>
    ValueTask<IReadOnlyList<JsonElement>> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>All items that may match; what the server cannot filter is left to the caller.</summary>
    ValueTask<IReadOnlyList<JsonElement>> ListAsync(MemoryQuery query, CancellationToken cancellationToken);

    /// <summary>The items that the server finds for a text, best first, each with its <c>score</c>.</summary>
    ValueTask<IReadOnlyList<JsonElement>> SearchAsync(string text, MemoryQuery query, int most, CancellationToken cancellationToken);

    /// <summary>Asks for something that costs nothing.</summary>
    /// <exception cref="MemoryBackendException">It does not answer, or does not accept the key.</exception>
    ValueTask PingAsync(CancellationToken cancellationToken);
}
