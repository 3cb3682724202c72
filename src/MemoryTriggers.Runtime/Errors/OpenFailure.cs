namespace MemoryTriggers.Errors;

/// <summary>
/// The one rule of resolutions. The first success of the same operation with the same input that begins after a failure has ended resolves
/// it. Before that, the first success whose input is not known to be the same or another is coincident.
/// </summary>
internal sealed class OpenFailure(Execution failure, ErrorFingerprint fingerprint)
{
    private Execution? _resolution;
    private Execution? _coincidence;

    public Execution Failure => failure;

    public ErrorFingerprint Fingerprint => fingerprint;

    public IEnumerable<Execution> Linked => new[] { _coincidence, _resolution }.OfType<Execution>();

    /// <summary>Considers a success, in any order. The same one again changes nothing.</summary>
    /// <returns>Whether a link changed.</returns>
    public bool Consider(Execution success)
    {
        if (success.Operation != failure.Operation || !success.IsAfter(failure)) return false;
        switch (success.Input.IsSame(failure.Input))
        {
            case true when _resolution is null || success.IsBefore(_resolution):
                _resolution = success;
                if (_coincidence is not null && success.IsBefore(_coincidence)) _coincidence = null;
                return true;
            case null when (_coincidence is null || success.IsBefore(_coincidence))
                && (_resolution is null || success.IsBefore(_resolution)):
                _coincidence = success;
                return true;
            default:
                return false;
        }
    }

    /// <summary>Whether another success has the link that this one got when less was known.</summary>
    public bool IsTaken(Execution success, ErrorLink link) =>
        link.Fingerprint == fingerprint && success.Operation == failure.Operation && success.IsAfter(failure)
            && success.Input.IsSame(failure.Input) == (link.IsResolution ? true : null) && !LinksOf(success.Id).Contains(link);

    public IEnumerable<ErrorLink> LinksOf(Guid success)
    {
        if (_resolution?.Id == success) yield return new ErrorLink(fingerprint, IsResolution: true);
        if (_coincidence?.Id == success) yield return new ErrorLink(fingerprint, IsResolution: false);
    }
}
