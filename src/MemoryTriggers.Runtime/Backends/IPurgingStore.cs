namespace MemoryTriggers.Backends;

/// <summary>A store whose files can keep what was deleted from them.</summary>
internal interface IPurgingStore
{
    /// <summary>Writes the files again, with nothing in them but what is stored.</summary>
    /// <exception cref="MemoryBackendException">It is not possible now.</exception>
    ValueTask PurgeAsync(CancellationToken cancellationToken);
}
