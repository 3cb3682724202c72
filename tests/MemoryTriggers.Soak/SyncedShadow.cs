using System.Globalization;
using MemoryTriggers.Files;
using Microsoft.Win32.SafeHandles;

namespace MemoryTriggers.Soak;

/// <summary>
/// Notes, in a folder beside the journal's, what the journal has forced to disk: the content of each file under its key, and the
/// names as of the last sync of the folder. A key is the inode and a running number, as inodes are used again. The notes are
/// written before a sync returns, so a kill at any moment leaves what a disk might hold. Nothing is really synced.
/// </summary>
internal sealed class SyncedShadow : INativeFile
{
    public const string NamesFile = "names";
    private const int SectorBytes = 512;
    private readonly Lock _gate = new();
    private readonly string _journal;
    private readonly string _folder;
    private int _lastNumber;

    /// <summary>Takes everything that is in the folder now for synced.</summary>
    public SyncedShadow(string journal, string folder)
    {
        (_journal, _folder) = (journal, folder);
        Directory.CreateDirectory(folder);
        Directory.CreateDirectory(journal);
        foreach (var file in Directory.GetFiles(journal)) File.Copy(file, Path.Combine(folder, NewKey(OpenFiles.InodeOf(file))));
        SyncDirectory(journal);
    }

    public void Preallocate(SafeFileHandle file, long length)
    {
        lock (_gate)
        {
            if (RandomAccess.GetLength(file) == 0) File.Create(Path.Combine(_folder, NewKey(OpenFiles.InodeOf(file)))).Dispose();
        }

        NativeFile.Instance.Preallocate(file, length);
    }

    public void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset) => NativeFile.Instance.Write(file, bytes, offset);

    public void SyncData(SafeFileHandle file)
    {
        lock (_gate)
        {
            var bytes = new byte[RandomAccess.GetLength(file)];
            _ = RandomAccess.Read(file, bytes, 0);
            Keep(OpenFiles.InodeOf(file), bytes, 0);
        }
    }

    public unsafe void SyncMapped(nint pages, long length)
    {
        lock (_gate)
        {
            // Whole sectors, as a disk writes them; the mapping goes on to the end of the page.
            var (inode, offset) = OpenFiles.MappedAt(pages);
            var sectors = (int)((length + SectorBytes - 1) / SectorBytes * SectorBytes);
            Keep(inode, new ReadOnlySpan<byte>((void*)pages, sectors), offset);
        }
    }

    public void SyncDirectory(string directory)
    {
        // The folders above are taken for durable: they are not part of what is lost here.
        if (directory != _journal) return;

        lock (_gate)
        {
            var names = Path.Combine(_folder, NamesFile);
            File.WriteAllLines(names + ".new", Directory.GetFiles(directory).Select(NameAndKey).OfType<string>());
            File.Move(names + ".new", names, overwrite: true);
        }
    }

    public bool KeepsMappedBlocks(string directory) => NativeFile.Instance.KeepsMappedBlocks(directory);

    /// <summary>The key under which the latest content of an inode is kept, or nothing.</summary>
    public static string? LatestKey(string folder, ulong inode) =>
        Directory.GetFiles(folder, FormattableString.Invariant($"{inode}.*"))
            .Select(static path => Path.GetFileName(path))
            .MaxBy(static key => int.Parse(key.AsSpan(key.IndexOf('.') + 1), CultureInfo.InvariantCulture));

    private void Keep(ulong inode, ReadOnlySpan<byte> bytes, long offset)
    {
        var path = Path.Combine(_folder, LatestKey(_folder, inode) ?? NewKey(inode));
        using var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write);
        RandomAccess.Write(file, bytes, offset);
    }

    private string? NameAndKey(string path)
    {
        try
        {
            var inode = OpenFiles.InodeOf(path);
            return $"{LatestKey(_folder, inode) ?? NewKey(inode)} {Path.GetFileName(path)}";
        }
        catch (IOException)
        {
            // Gone since the folder was listed.
            return null;
        }
    }

    private string NewKey(ulong inode) => FormattableString.Invariant($"{inode}.{++_lastNumber}");
}
