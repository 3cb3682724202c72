namespace MemoryTriggers.Errors;

/// <summary>The known errors, in memory. The least recently seen ones are evicted. Thread-safe.</summary>
internal sealed class ErrorIndex(AutoRecallOptions options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Project, ErrorFingerprint), LinkedListNode<KnownError>> _errors = [];
    private readonly LinkedList<KnownError> _order = [];
    private readonly Dictionary<(string Project, string Key), OpenError> _open = [];

    /// <summary>The known facts about an error in a project, or <see langword="null"/>.</summary>
    public RecalledError? Find(string project, ErrorFingerprint fingerprint)
    {
        lock (_gate)
            return _errors.TryGetValue((project, fingerprint), out var node) && node.Value.Count > 0
                ? node.Value.ToRecalled(fingerprint, options.MaxResolutions)
                : null;
    }

    /// <summary>The error with which an operation failed last, if it has not succeeded since.</summary>
    public OpenError? Open(string project, string key)
    {
        lock (_gate) return _open.GetValueOrDefault((project, key));
    }

    /// <summary>Learns of a memory of an error. The same memory again counts once.</summary>
    public void Failed(ErrorFingerprint fingerprint, MemoryEntry entry)
    {
        lock (_gate)
        {
            Touch(entry.Project, fingerprint).Saw(entry);
            var isThere = _open.TryGetValue((entry.Project, entry.Key), out var known);
            if (isThere ? !known!.IsAfter(entry) : _open.Count < options.MaxErrors)
                _open[(entry.Project, entry.Key)] = new OpenError(fingerprint, entry);
        }
    }

    /// <summary>Learns of a memory of an error from which its operation may have recovered long ago.</summary>
    public void Seen(ErrorFingerprint fingerprint, MemoryEntry entry)
    {
        lock (_gate) Touch(entry.Project, fingerprint).Saw(entry);
    }

    /// <summary>Learns that an operation succeeded.</summary>
    public void Succeeded(MemoryEntry entry)
    {
        lock (_gate)
        {
            if (_open.TryGetValue((entry.Project, entry.Key), out var known) && !known.IsAfter(entry))
                _open.Remove((entry.Project, entry.Key));
        }
    }

    /// <summary>Learns of a memory that says how an error was resolved.</summary>
    public void Resolved(ErrorFingerprint fingerprint, MemoryEntry entry)
    {
        lock (_gate)
            Touch(entry.Project, fingerprint).WasResolvedBy(
                new RecalledResolution(entry.Id, entry.Content, entry.CreatedAt), options.MaxResolutions);
    }

    private KnownError Touch(string project, ErrorFingerprint fingerprint)
    {
        if (_errors.TryGetValue((project, fingerprint), out var node)) _order.Remove(node);
        else
        {
            node = new LinkedListNode<KnownError>(new KnownError(project, fingerprint));
            _errors.Add((project, fingerprint), node);
            if (_errors.Count > options.MaxErrors)
            {
                _errors.Remove((_order.First!.Value.Project, _order.First.Value.Fingerprint));
                _order.RemoveFirst();
            }
        }

        _order.AddLast(node);
        return node.Value;
    }
}
