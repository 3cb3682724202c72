using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using MemoryTriggers.Files;
using MemoryTriggers.Problems;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Delivery.DeadLetters;

/// <summary>
/// Records that could not be stored, in one file, so that they can be inspected and replayed; several processes may use it. One that is
/// damaged is set aside: what can be read of it goes into a new one, the work goes on, and that is reported until it is acknowledged.
/// Without a file they are kept in memory, up to a bound. Thread-safe.
/// </summary>
/// <param name="path">The file; <see langword="null"/> to keep them in memory.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Learns of each letter.</param>
/// <param name="disk">The disk that holds the file.</param>
/// <param name="project">The project of the program.</param>
/// <param name="problems">Learns of a file that was set aside; a log in memory when not given.</param>
internal sealed class DeadLetterStore(
    string? path, TimeProvider time, ILogger<DeadLetterStore> logger, IDisk disk, string? project = null, ProblemLog? problems = null)
{
    private const int MaxInMemory = 1_000;
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(5);
    private readonly Lock _gate = new();
    private readonly List<DeadLetter> _inMemory = [];
    private readonly LetterFile? _file = path is null ? null : new LetterFile(path, disk, time);
    private readonly ProblemLog _problems = problems ?? new ProblemLog(null, disk, time, logger);
    // Not the number of the process: in a container that is always the same, and a clock that is set back would make an old name again.
    private readonly string _process = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
    private long _serial;
    private volatile string? _problem;

    /// <summary>What keeps letters from being read or written now, for health.</summary>
    public string? Problem => _problem;

    /// <summary>How many there are that can be read; how many were known last, when the disk refuses.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _file is null ? _inMemory.Count : TryRead(static file => file.Ids.Count, static file => file.Ids.Count);
        }
    }

    /// <summary>Keeps a record. Returns when it is on disk.</summary>
    /// <exception cref="IOException">It could not be kept; then it must stay in the journal.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written; then it must stay in the journal.</exception>
    public void Add(ReadOnlySpan<byte> record, string reason, byte[]? definition = null)
    {
        var now = time.GetUtcNow();
        var letter = new DeadLetter
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{now:yyyyMMdd'T'HHmmssfff}-{_process}-{Interlocked.Increment(ref _serial)}"),
            Reason = reason,
            At = now,
            Record = record.ToArray(),
            Definition = definition,
            Project = project,
        };
        lock (_gate)
        {
            if (_file is null) Keep(letter);
            else Write(file => file.Add(letter.Id, Content(letter)));
        }

        Log.DeadLettered(logger, letter.Id, reason);
    }

    /// <summary>All of them, oldest first. One that cannot be read is skipped with a warning.</summary>
    public IReadOnlyList<DeadLetter> List()
    {
        lock (_gate)
        {
            return _file is null ? [.. _inMemory] : TryRead(Letters, static _ => []);
        }
    }

    /// <summary>The letter of that id, or <see langword="null"/>.</summary>
    public DeadLetter? Get(string id)
    {
        lock (_gate)
        {
            return _file is null
                ? _inMemory.Find(letter => letter.Id == id)
                : TryRead(file => file.Read([id]).Select(Parse).FirstOrDefault(), static _ => null);
        }
    }

    /// <summary>Replaces the letter with the same id, if it is still there.</summary>
    /// <exception cref="IOException">It could not be written; the old one stays.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written; the old one stays.</exception>
    public void Replace(DeadLetter letter)
    {
        lock (_gate)
        {
            if (_file is not null)
            {
                Write(file =>
                {
                    if (file.Has(letter.Id)) file.Add(letter.Id, Content(letter));
                });
                return;
            }

            var place = _inMemory.FindIndex(known => known.Id == letter.Id);
            if (place >= 0) _inMemory[place] = letter;
        }
    }

    /// <summary>Takes letters away. Returns when they are overwritten.</summary>
    /// <returns>How many; another process may have been faster.</returns>
    /// <exception cref="IOException">The disk refused.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public int Remove(IEnumerable<DeadLetter> letters)
    {
        var ids = letters.Select(static letter => letter.Id).ToHashSet();
        if (ids.Count == 0) return 0;
        lock (_gate)
        {
            if (_file is null) return _inMemory.RemoveAll(letter => ids.Contains(letter.Id));
            var removed = 0;
            Write(file => removed = file.Remove(ids));
            return removed;
        }
    }

    private void Keep(DeadLetter letter)
    {
        if (_inMemory.Count == MaxInMemory) throw new IOException("no room for another dead letter in memory");
        _inMemory.Add(letter);
    }

    private static byte[] Content(DeadLetter letter) => JsonSerializer.SerializeToUtf8Bytes(letter, DeadLetterJson.Default.DeadLetter);

    private IReadOnlyList<DeadLetter> Letters(LetterFile file) =>
        [.. file.Read(file.Ids.Order(StringComparer.Ordinal).ToList()).Select(Parse).OfType<DeadLetter>()];

    private DeadLetter? Parse((string Id, byte[] Content) letter)
    {
        try
        {
            return JsonSerializer.Deserialize(letter.Content, DeadLetterJson.Default.DeadLetter) is { } read
                ? read with { Id = letter.Id }
                : throw new JsonException("there is no letter");
        }
        catch (JsonException exception)
        {
            Log.DeadLetterUnreadable(logger, letter.Id, exception);
            return null;
        }
    }

    private T TryRead<T>(Func<LetterFile, T> read, Func<LetterFile, T> otherwise)
    {
        try
        {
            _file!.Refresh();
            if (_file.Damage is not null)
            {
                using var held = Lock();
                RefreshAndRepair();
            }

            var result = read(_file);
            _problem = null;
            return result;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Fail(exception);
            return otherwise(_file!);
        }
    }

    private void Write(Action<LetterFile> change)
    {
        try
        {
            DurableDirectory.Create(Path.GetDirectoryName(path)!, disk);
            using var held = Lock();
            RefreshAndRepair();
            change(_file!);
            _problem = null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Fail(exception);
            throw;
        }
    }

    private void RefreshAndRepair()
    {
        _file!.Refresh();
        if (_file.Damage is not { } damage) return;
        var aside = _file.Repair();
        _problems.Report($"the file of dead letters {path} {damage}; it was set aside as {Path.GetFileName(aside)}, and {_file.Ids.Count} "
            + "letters were saved; what cannot be read is only there");
    }

    private void Fail(Exception exception)
    {
        if (_problem is null) Log.DeadLettersUnavailable(logger, path!, exception);
        _problem = $"dead letters cannot be read or written, and what the store refuses stays in the journal: {exception.Message}";
    }

    // Another process has it for as long as one letter takes, or as it takes to write the file again.
    private IDisposable Lock()
    {
        var (file, start, wait) = (path + ".lock", TimeProvider.System.GetTimestamp(), default(SpinWait));
        if (SetAside.Misfit(file, disk) is not null) SetAside.Move(file, disk, time);
        while (true)
        {
            try
            {
                return disk.Lock(file);
            }
            catch (IOException exception)
                when (FileLock.IsHeld(exception) && TimeProvider.System.GetElapsedTime(start) < LockTimeout)
            {
                wait.SpinOnce();
            }
        }
    }
}
