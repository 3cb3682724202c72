using System.Globalization;
using MemoryTriggers.Files;
using MemoryTriggers.Problems;

namespace MemoryTriggers.Journal;

/// <summary>The names in a journal's directory, and the lock that makes one process its owner. A dead owner's lock is gone.</summary>
internal sealed class JournalDirectory : IDisposable
{
    private const string LockName = "lock";
    private const string Extension = ".segment";
    private const string TemporaryExtension = ".tmp";

    private readonly IDisposable _lock;
    private readonly IDisk _disk;

    private JournalDirectory(string path, IDisposable @lock, IDisk disk)
    {
        FullPath = path;
        _lock = @lock;
        _disk = disk;
    }

    public string FullPath { get; }

    public string CheckpointPath => Path.Combine(FullPath, "checkpoint");

    /// <summary>The definitions of triggers, and their copy.</summary>
    public IReadOnlyList<string> DefinitionsPaths => DefinitionsIn(FullPath);

    public static IReadOnlyList<string> DefinitionsIn(string folder) =>
        [Path.Combine(folder, "definitions"), Path.Combine(folder, "definitions.copy")];

    /// <exception cref="JournalUnavailableException">It cannot be used, or belongs to another process.</exception>
    public static JournalDirectory Acquire(string directory, IDisk disk, ProblemLog problems, TimeProvider time)
    {
        var path = Path.GetFullPath(directory);

        try
        {
            DurableDirectory.Create(path, disk);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new JournalUnavailableException($"The journal directory '{path}' cannot be created: {failure.Message}", failure);
        }

        try
        {
            SetAsideMisfits([Path.Combine(path, LockName)], disk, problems, time);
            var held = disk.Lock(Path.Combine(path, LockName));
            try
            {
                var acquired = new JournalDirectory(path, held, disk);
                SetAsideMisfits([acquired.CheckpointPath, .. acquired.DefinitionsPaths], disk, problems, time);
                return acquired;
            }
            catch
            {
                held.Dispose();
                throw;
            }
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new JournalUnavailableException($"The journal directory '{path}' is not writable: {failure.Message}", failure);
        }
        catch (IOException failure)
        {
            var isOwned = IsSharingViolation(failure);
            throw new JournalUnavailableException(
                $"The journal directory '{path}' {(isOwned ? "is in use by another process" : "cannot be locked")}: {failure.Message}",
                failure)
            {
                IsOwnedByAnotherProcess = isOwned,
            };
        }
    }

    public string SegmentPath(TriggerPriority lane, ulong sequence) =>
        Path.Combine(FullPath, $"{lane.ToString().ToLowerInvariant()}-{sequence:x16}{Extension}");

    /// <summary>The sequence in the name of a segment of the lane: the only information when its header is gone.</summary>
    public static bool TryReadName(string path, out TriggerPriority lane, out ulong sequence)
    {
        var parts = Path.GetFileNameWithoutExtension(path).Split('-');
        lane = default;
        sequence = 0;

        return parts.Length == 2
            && Enum.TryParse(parts[0], ignoreCase: true, out lane)
            && Enum.IsDefined(lane)
            && ulong.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out sequence);
    }

    public string[] SegmentFiles()
    {
        foreach (var leftover in _disk.Files(FullPath, TemporaryExtension))
            _disk.Delete(leftover);

        return _disk.Files(FullPath, Extension);
    }

    /// <summary>What has the name of a segment and is no file: it would keep a new one from being made.</summary>
    /// <returns>How many there were.</returns>
    public int MoveOthersTo(Quarantine quarantine)
    {
        string[] others = [.. _disk.Others(FullPath, Extension), .. _disk.Others(FullPath, TemporaryExtension)];
        foreach (var other in others) quarantine.Move(other);
        return others.Length;
    }

    public static string Temporary(string path) => path + TemporaryExtension;

    public void Dispose() => _lock.Dispose();

    private static void SetAsideMisfits(string[] paths, IDisk disk, ProblemLog problems, TimeProvider time)
    {
        foreach (var path in paths)
        {
            if (SetAside.Misfit(path, disk) is not { } misfit)
                continue;

            var aside = SetAside.Move(path, disk, time);
            problems.Report($"{path} {misfit} and was set aside as {Path.GetFileName(aside)}; the journal goes on with a new one");
        }
    }

    // What flock says of a held lock, as .NET passes it on: EWOULDBLOCK of Linux (11) and macOS (35), ERROR_SHARING_VIOLATION of Windows.
    private static bool IsSharingViolation(IOException failure) => failure.HResult is 11 or 35 or unchecked((int)0x80070020);
}
