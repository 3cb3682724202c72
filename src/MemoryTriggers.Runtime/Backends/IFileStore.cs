namespace MemoryTriggers.Backends;

/// <summary>
/// A store with a file whose path may be relative. A runtime says where that begins; without one it is the current directory.
/// </summary>
internal interface IFileStore
{
    /// <summary>A relative path begins at this folder from now on. Nothing happens after the file was opened.</summary>
    void BeginAt(string folder);

    /// <summary>Tells a store, and all that it is made of.</summary>
    static void BeginAt(IMemoryBackend store, string folder)
    {
        store.GetService<IFileStore>()?.BeginAt(folder);
        foreach (var part in store.GetService<ICompositeStore>()?.Stores ?? []) BeginAt(part, folder);
    }
}
