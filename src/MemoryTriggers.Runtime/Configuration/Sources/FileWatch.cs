namespace MemoryTriggers.Configuration;

/// <summary>
/// Notices changes of files by looking at them once a second: that sees atomic renames, links that are led elsewhere (as a mounted
/// ConfigMap is), files that
/// appear and network disks, where events do not. A file that is still being written is not read until two looks show the same; after a
/// change
/// the next one waits for the cooldown.
/// </summary>
internal sealed class FileWatch : IDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan Cooldown = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Func<IEnumerable<string>> _files;
    private readonly Action _changed;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private string _known;
    private string _seen;
    private long? _lastChange;

    public FileWatch(Func<IEnumerable<string>> files, Action changed, TimeProvider time)
    {
        (_files, _changed, _time) = (files, changed, time);
        _known = _seen = Stamp();
        _timer = time.CreateTimer(static watch => ((FileWatch)watch!).Look(), this, Interval, Interval);
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        // A check that takes longer than a second must not overlap the next one.
        if (!_gate.TryEnter()) return;
        try
        {
            var stamp = Stamp();
            var isSettled = stamp == _seen;
            _seen = stamp;
            if (!isSettled || stamp == _known || _lastChange is { } last && _time.GetElapsedTime(last) < Cooldown) return;
            (_known, _lastChange) = (stamp, _time.GetTimestamp());
            _changed();
        }
        finally
        {
            _gate.Exit();
        }
    }

    private string Stamp() => string.Join('|', _files().Select(Stamp));

    private static string Stamp(string path)
    {
        try
        {
            var file = new FileInfo(Real(path));
            return file.Exists
                ? FormattableString.Invariant($"{file.FullName}:{file.Length}:{file.LastWriteTimeUtc.Ticks}:{file.CreationTimeUtc.Ticks}")
                : "";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Just now it cannot be looked at; that it can again will be a change.
            return exception.GetType().Name;
        }
    }

    // Links lead on, those of folders too: a mounted ConfigMap swaps the folder.
    private static string Real(string path)
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(path)!);
        var real = Path.Combine(folder.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? folder.FullName, Path.GetFileName(path));
        var target = File.ResolveLinkTarget(real, returnFinalTarget: true)?.FullName ?? real;
        var parent = new DirectoryInfo(Path.GetDirectoryName(target)!);
        return parent.Exists && parent.ResolveLinkTarget(returnFinalTarget: true) is { } swapped
            ? Path.Combine(swapped.FullName, Path.GetFileName(target)) : target;
    }
}
