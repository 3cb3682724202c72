namespace MemoryTriggers.Errors;

/// <summary>The latest failures of the operations of one key, and the successes linked to them. Used under a lock.</summary>
internal sealed class OperationFailures
{
    private const int Most = 64;
    private const int MostDisplaced = 256;
    private readonly List<OpenFailure> _failures = [];
    private readonly HashSet<(Guid Success, ErrorLink Link)> _displaced = [];

    /// <summary>When the oldest failure ended.</summary>
    public DateTimeOffset Since => _failures[0].Failure.End;

    /// <returns>The successes whose links changed; <see langword="null"/> when the failure is known already.</returns>
    public IReadOnlyList<Guid>? Failed(Execution failure, ErrorFingerprint fingerprint)
    {
        if (_failures.Exists(open => open.Failure.Id == failure.Id)) return null;
        var linked = _failures.SelectMany(static open => open.Linked).ToList();
        var added = new OpenFailure(failure, fingerprint);
        var at = _failures.FindIndex(open => open.Failure.End > failure.End);
        _failures.Insert(at < 0 ? _failures.Count : at, added);
        if (_failures.Count > Most) _failures.RemoveAt(0);
        return Changed([added], linked, []);
    }

    /// <param name="success">The execution.</param>
    /// <param name="named">The links that its memory has by itself; they stay.</param>
    /// <returns>The successes whose links changed.</returns>
    public IReadOnlyList<Guid> Succeeded(Execution success, IReadOnlyCollection<ErrorFingerprint> named) =>
        Changed(_failures, [success], named);

    /// <summary>Compares the links of a stored success with those that it should have.</summary>
    /// <returns>The successes whose links changed.</returns>
    public IReadOnlyList<Guid> Stored(Execution success, IReadOnlyCollection<ErrorLink> stored)
    {
        var changed = Changed(_failures, [success], []);
        var links = LinksOf(success.Id);
        var wrong = stored.Where(link => !links.Contains(link)
            && (links.Contains(link with { IsResolution = true }) || _failures.Exists(open => open.IsTaken(success, link)))).ToList();
        foreach (var link in wrong) _displaced.Add((success.Id, link));
        return wrong.Count > 0 || !links.IsSubsetOf(stored) ? [.. changed, success.Id] : changed.Where(id => id != success.Id).ToList();
    }

    public HashSet<ErrorLink> LinksOf(Guid success)
    {
        var links = _failures.SelectMany(open => open.LinksOf(success)).ToHashSet();
        // One memory resolves an error, or is coincident.
        links.RemoveWhere(link => !link.IsResolution && links.Contains(link with { IsResolution = true }));
        return links;
    }

    public IEnumerable<ErrorLink> DisplacedOf(Guid success) =>
        _displaced.Where(link => link.Success == success).Select(static link => link.Link);

    private List<Guid> Changed(List<OpenFailure> failures, List<Execution> successes, IReadOnlyCollection<ErrorFingerprint> named)
    {
        var concerned = _failures.SelectMany(static open => open.Linked).Concat(successes).Select(static one => one.Id).Distinct()
            .ToDictionary(static id => id, LinksOf);
        foreach (var open in failures)
            foreach (var success in successes) open.Consider(success);

        var changed = new List<Guid>();
        foreach (var (id, before) in concerned)
        {
            var now = LinksOf(id);
            if (now.SetEquals(before)) continue;
            changed.Add(id);
            if (_displaced.Count > MostDisplaced) _displaced.Clear();
            foreach (var link in before.Except(now).Where(link => !named.Contains(link.Fingerprint))) _displaced.Add((id, link));
            foreach (var link in now) _displaced.Remove((id, link));
        }

        return changed;
    }
}
