using MemoryTriggers.Files;

namespace MemoryTriggers.Hosting;

/// <summary>The disk of the machine, which refuses the file of dead letters until it is well.</summary>
internal sealed class DiskWithoutLetters : IDisk
{
    private readonly IDisk _disk = SystemDisk.Instance;

    public volatile bool IsWell;

    /// <summary>Completes when it was asked for that file.</summary>
    public TaskCompletionSource Refused { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IDiskFile Open(string path, FileMode mode)
    {
        if (IsWell || !path.Contains(DataDirectory.DeadLettersName, StringComparison.Ordinal)) return _disk.Open(path, mode);
        Refused.TrySetResult();
        throw new IOException("No space left on device");
    }

    public IDisposable Lock(string path) => _disk.Lock(path);

    public void Move(string from, string to) => _disk.Move(from, to);

    public void Delete(string path) => _disk.Delete(path);

    public bool FileExists(string path) => _disk.FileExists(path);

    public PathKind KindOf(string path) => _disk.KindOf(path);

    public bool DirectoryExists(string path) => _disk.DirectoryExists(path);

    public string[] Files(string directory, string ending) => _disk.Files(directory, ending);

    public string[] Others(string directory, string ending) => _disk.Others(directory, ending);

    public DiskFileFacts Facts(string path) => _disk.Facts(path);

    public void CreateDirectory(string path) => _disk.CreateDirectory(path);

    public void SyncDirectory(string directory) => _disk.SyncDirectory(directory);

    public bool KeepsMappedBlocks(string directory) => _disk.KeepsMappedBlocks(directory);
}
