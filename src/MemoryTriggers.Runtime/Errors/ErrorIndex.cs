namespace MemoryTriggers.Errors;

/// <summary>The known errors, in memory. The least recently seen ones are evicted. Thread-safe.</summary>
internal sealed class ErrorIndex(AutoRecallOptions options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Project, ErrorFingerprint), LinkedListNode<KnownError>> _errors = [];
    private readonly LinkedList<KnownError> _order = [];

    /// <summary>The known facts about an error in a project, or <see langword="null"/>.</summary>
    public RecalledError? Find(string project, ErrorFingerprint fingerprint)
    {
        lock (_gate)
            return _errors.TryGetValue((project, fingerprint), out var node) && node.Value.Count > 0
                ? node.Value.ToRecalled(fingerprint, options.MaxResolutions)
                : null;
    }

    /// <summary>Learns of a memory of an error. The same memory again counts once.</summary>
    public void Seen(ErrorFingerprint fingerprint, MemoryEntry entry)
    {
        lock (_gate) Touch(entry.Project, fingerprint).Saw(entry);
    }

    /// <summary>Learns of the links of a memory to errors.</summary>
    public void Linked(MemoryEntry entry)
    {
        lock (_gate)
        {
            foreach (var error in MemoryErrorReader.ResolvedBy(entry))
                Touch(entry.Project, error).WasResolvedBy(Of(entry), options.MaxResolutions);
            foreach (var error in MemoryErrorReader.CoincidentWith(entry))
                Touch(entry.Project, error).WasCoincidentWith(Of(entry), options.MaxResolutions);
        }
    }

    /// <summary>Learns that a memory has lost its links.</summary>
    public void Unlinked(MemoryEntry entry)
    {
        lock (_gate)
        {
            foreach (var error in MemoryErrorReader.ResolvedBy(entry).Concat(MemoryErrorReader.CoincidentWith(entry)))
                Touch(entry.Project, error).IsNotLinkedTo(entry.Id);
        }
    }

    private static RecalledResolution Of(MemoryEntry entry) => new(entry.Id, entry.Content, entry.CreatedAt);

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
