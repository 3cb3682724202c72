using System.Collections.Concurrent;
using MemoryTriggers.Files;
using MemoryTriggers.Problems;

namespace MemoryTriggers.Journal;

/// <summary>
/// The definitions of triggers beside the lanes, so that records of an earlier version of a program can still be read. Each is written
/// twice, to two files: what one of them has lost, the other one has.
/// </summary>
internal sealed class DefinitionTable : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<ulong, ReadOnlyMemory<byte>> _definitions = new();
    private readonly DefinitionFile[] _files = [];

    public DefinitionTable(JournalDirectory? directory, IDisk disk, ProblemLog problems, TimeProvider time)
    {
        if (directory is null)
            return;

        _files = [.. directory.DefinitionsPaths.Select(path => new DefinitionFile(path, disk))];

        foreach (var (id, json) in _files.SelectMany(static file => file.Found))
            _definitions.TryAdd(id, json);

        Damaged = _files.Min(static file => file.Damaged);

        for (var place = 0; place < _files.Length; place++)
        {
            if (_files[place] is { Damaged: > 0, IsTornAtEnd: false } damaged)
                _files[place] = Replace(damaged, disk, problems, time);

            foreach (var (id, json) in _definitions)
                if (!_files[place].Found.ContainsKey(id)) Append(_files[place], id, json.Span);
        }
    }

    public int Count => _definitions.Count;

    /// <summary>Entries that did not verify in either file.</summary>
    public int Damaged { get; }

    /// <summary>An entry could not be written; it is known to this process only.</summary>
    public Exception? LastFailure { get; private set; }

    public bool IsDirty => Array.Exists(_files, static file => file.IsDirty);

    public bool TryGet(ulong id, out ReadOnlyMemory<byte> json) => _definitions.TryGetValue(id, out json);

    public void Add(ulong id, ReadOnlySpan<byte> json)
    {
        if (_definitions.ContainsKey(id))
            return;

        lock (_gate)
        {
            if (!_definitions.TryAdd(id, json.ToArray()))
                return;

            foreach (var file in _files)
                Append(file, id, json);
        }
    }

    /// <exception cref="IOException">The entries may not be on disk.</exception>
    public void Sync()
    {
        foreach (var file in _files)
            file.Sync();
    }

    public void Dispose()
    {
        foreach (var file in _files)
            file.Dispose();
    }

    // A file that was being written when its process died has a torn end, and is no damage.
    private DefinitionFile Replace(DefinitionFile damaged, IDisk disk, ProblemLog problems, TimeProvider time)
    {
        damaged.Dispose();
        var aside = SetAside.Move(damaged.Path, disk, time);
        var lost = _definitions.Keys.Count(id => !damaged.Found.ContainsKey(id));
        problems.Report($"the definitions of triggers in {damaged.Path} were damaged and were set aside as {Path.GetFileName(aside)}; "
            + $"{lost} were restored from their copy");
        return new DefinitionFile(damaged.Path, disk);
    }

    private void Append(DefinitionFile file, ulong id, ReadOnlySpan<byte> json)
    {
        try
        {
            file.Append(id, json);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // Registering a trigger must not fail the program; health shows it, and the next start writes it again.
            LastFailure = failure;
        }
    }
}
