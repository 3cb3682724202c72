namespace MemoryTriggers.Errors;

/// <summary>A link from a success to an error.</summary>
/// <param name="Fingerprint">The error.</param>
/// <param name="IsResolution">Whether the success resolves it; otherwise it is coincident.</param>
internal readonly record struct ErrorLink(ErrorFingerprint Fingerprint, bool IsResolution)
{
    public const string ResolutionTag = "resolution";
    public const string CoincidenceTag = "coincident";

    /// <summary>The tag that names the error.</summary>
    public string Tag => IsResolution ? Fingerprint.ResolutionTag : Fingerprint.CoincidenceTag;

    public static IEnumerable<ErrorLink> Of(MemoryEntry entry) =>
        MemoryErrorReader.ResolvedBy(entry).Select(static error => new ErrorLink(error, IsResolution: true))
            .Concat(MemoryErrorReader.CoincidentWith(entry).Select(static error => new ErrorLink(error, IsResolution: false)));

    /// <summary>The tag of all links of this kind.</summary>
    public string KindTag => IsResolution ? ResolutionTag : CoincidenceTag;
}
