using System.Collections.Concurrent;

namespace MemoryTriggers.Hooks;

/// <summary>
/// The lines with exceptions that a request has logged so far. They wait for its end: when the request fails of the same exception, its
/// memory says all of it, and they make none of their own. They wait five seconds at most, and not for the end of the process. Thread-safe.
/// </summary>
internal sealed class HeldLines
{
    private const int MaxLines = 8;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private static readonly AsyncLocal<HeldLines?> Ambient = new();
    private static readonly ConcurrentDictionary<HeldLines, bool> Waiting = [];
    private static volatile bool _isUsed;

    private readonly Lock _gate = new();
    private readonly List<HeldLine> _lines = [];
    private readonly TimeProvider _time;
    private ITimer? _timer;
    private bool _isOver;

    private HeldLines(TimeProvider time) => _time = time;

    /// <summary>Those of the request that is running here.</summary>
    public static HeldLines? Current => _isUsed ? Ambient.Value : null;

    /// <summary>Those of the request that is running here, also while no memories are made of lines.</summary>
    public static HeldLines? OfRequest => Ambient.Value;

    /// <summary>The exceptions of the request.</summary>
    public RequestExceptions Exceptions { get; } = new();

    /// <summary>From now on there are lines to hold.</summary>
    public static void Use() => _isUsed = true;

    /// <summary>A request begins, in the flow of the caller. <see cref="End"/> must follow.</summary>
    public static HeldLines Begin(TimeProvider time)
    {
        RequestExceptions.Watch();
        return Ambient.Value = new HeldLines(time);
    }

    /// <summary>Makes memories of all that wait: the process is about to end.</summary>
    public static void TellAll()
    {
        foreach (var held in Waiting.Keys) held.Tell(isOver: false);
    }

    /// <returns>Whether it waits; else it is to be reported now.</returns>
    public bool TryHold(HeldLine line)
    {
        lock (_gate)
        {
            if (_isOver || _lines.Count >= MaxLines) return false;
            _lines.Add(line);
            Waiting[this] = true;
            _timer ??= _time.CreateTimer(static held => ((HeldLines)held!).Tell(isOver: false), this, Longest, Timeout.InfiniteTimeSpan);
            return true;
        }
    }

    /// <summary>Takes out the lines about an exception that is remembered with the request.</summary>
    /// <returns>Their texts, in order; <see langword="null"/> when there are none.</returns>
    public string? Take(Exception exception)
    {
        lock (_gate)
        {
            var taken = _lines.Where(line => line.IsAbout(exception)).ToList();
            foreach (var line in taken) _lines.Remove(line);
            return taken.Count == 0 ? null : string.Join(" | ", taken.Select(static line => line.Text));
        }
    }

    /// <summary>Lets go of the lines about certain exceptions: they become no memories.</summary>
    public void Drop(Predicate<Exception> isDropped)
    {
        lock (_gate) _lines.RemoveAll(line => isDropped(line.Exception));
    }

    /// <summary>The request is over: remaining lines are reported on their own.</summary>
    public void End()
    {
        Tell(isOver: true);
        Exceptions.End();
    }

    private void Tell(bool isOver)
    {
        List<HeldLine> left;
        lock (_gate)
        {
            _isOver |= isOver;
            if (_lines.Count == 0 && _timer is null) return;
            left = [.. _lines];
            _lines.Clear();
            _timer?.Dispose();
            _timer = null;
        }

        Waiting.TryRemove(this, out _);
        foreach (var line in left) line.Tell();
    }
}
