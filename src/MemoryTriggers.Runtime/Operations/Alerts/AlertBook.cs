using System.Globalization;

namespace MemoryTriggers.Operations;

/// <summary>
/// Keeps the alerts: one of a kind at a time, reported when it begins and when it ends. One that comes and goes between checks is one
/// alert. Thread-safe.
/// </summary>
internal sealed class AlertBook(int resolveAfter, TimeProvider time)
{
    private const int MaxHistory = 100;

    private readonly Lock _gate = new();
    private readonly Dictionary<AlertKind, (MemoryAlert Alert, int GoodLooks)> _active = [];
    private readonly Queue<MemoryAlert> _resolved = [];
    private long _raised;

    /// <summary>Those that are not over, oldest first.</summary>
    public IReadOnlyList<MemoryAlert> Active
    {
        get
        {
            lock (_gate) return [.. _active.Values.Select(static entry => entry.Alert).OrderBy(static alert => alert.RaisedAt)];
        }
    }

    /// <summary>The last hundred that are over, oldest first.</summary>
    public IReadOnlyList<MemoryAlert> Resolved
    {
        get
        {
            lock (_gate) return [.. _resolved];
        }
    }

    public long Raised => Interlocked.Read(ref _raised);

    /// <summary>Takes the result of a check.</summary>
    /// <returns>The alerts to report.</returns>
    public IReadOnlyList<MemoryAlert> Note(IEnumerable<AlertFinding> findings)
    {
        var notices = new List<MemoryAlert>();
        lock (_gate)
        {
            foreach (var finding in findings)
            {
                if ((finding.IsBad ? Raise(finding) : Calm(finding)) is { } notice) notices.Add(notice);
            }
        }

        return notices;
    }

    private MemoryAlert? Raise(AlertFinding finding)
    {
        if (_active.TryGetValue(finding.Kind, out var known))
        {
            _active[finding.Kind] = (known.Alert with { Value = finding.Value, Message = finding.Message }, 0);
            return null;
        }

        var now = time.GetUtcNow();
        _raised++;
        var alert = new MemoryAlert
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{AlertNames.Of(finding.Kind)}-{now:yyyyMMddTHHmmssfff}-{_raised}"),
            Kind = finding.Kind,
            Message = finding.Message,
            Value = finding.Value,
            Threshold = finding.Threshold,
            RaisedAt = now,
        };
        _active[finding.Kind] = (alert, 0);
        return alert;
    }

    private MemoryAlert? Calm(AlertFinding finding)
    {
        if (!_active.TryGetValue(finding.Kind, out var known)) return null;
        if (known.GoodLooks + 1 < resolveAfter)
        {
            _active[finding.Kind] = (known.Alert, known.GoodLooks + 1);
            return null;
        }

        _active.Remove(finding.Kind);
        var resolved = known.Alert with { ResolvedAt = time.GetUtcNow(), Value = finding.Value };
        _resolved.Enqueue(resolved);
        if (_resolved.Count > MaxHistory) _resolved.Dequeue();
        return resolved;
    }
}
