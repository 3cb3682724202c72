namespace MemoryTriggers.Files;

/// <summary>A file in memory. What is written there is in the file, also when the process dies.</summary>
internal unsafe interface IDiskMapping : IDisposable
{
    byte* Memory { get; }

    /// <summary>Makes every page writable without a fault. Changes nothing in the file.</summary>
    void Touch();

    /// <summary>Forces these bytes, from the start of a page on, to the disk, and no others.</summary>
    /// <exception cref="IOException">The disk refused, as in <see cref="IDiskFile.SyncData"/>.</exception>
    void Sync(long offset, long length);
}
