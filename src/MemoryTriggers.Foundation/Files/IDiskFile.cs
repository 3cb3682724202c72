namespace MemoryTriggers.Files;

/// <summary>An open file of an <see cref="IDisk"/>.</summary>
internal interface IDiskFile : IDisposable
{
    long Length { get; }

    /// <summary>Reads as much as there is.</summary>
    /// <returns>The number of bytes; fewer than asked for at the end of the file only.</returns>
    int Read(Span<byte> bytes, long offset);

    /// <summary>Writes all bytes at the offset.</summary>
    /// <exception cref="IOException">The disk is full, or refuses. A part may be written.</exception>
    void Write(ReadOnlySpan<byte> bytes, long offset);

    /// <summary>Allocates real blocks for the whole length.</summary>
    /// <exception cref="IOException">The disk is full, or refuses.</exception>
    void Preallocate(long length);

    /// <summary>Forces the content, mapped pages included, to the disk.</summary>
    /// <exception cref="IOException">The disk refused. Another try proves nothing: the system may have dropped what it could not
    /// write.</exception>
    void SyncData();

    /// <summary>Puts the file into memory. All its blocks must be allocated.</summary>
    IDiskMapping Map(long length);
}
