using System.Globalization;

namespace MemoryTriggers;

/// <summary>A known error that occurred again.</summary>
/// <param name="Fingerprint">Which error.</param>
/// <param name="Occurrences">How often it came before. An exception that several memories of one trace tell of came once.</param>
/// <param name="FirstSeen">When for the first time.</param>
/// <param name="LastSeen">When for the last time.</param>
/// <param name="Resolutions">What resolved it, the latest first; empty when unknown.</param>
public sealed record RecalledError(
    ErrorFingerprint Fingerprint, long Occurrences, DateTimeOffset FirstSeen, DateTimeOffset LastSeen,
    IReadOnlyList<RecalledResolution> Resolutions)
{
    /// <summary>The key of <see cref="Exception.Data"/> that holds its text.</summary>
    public const string DataKey = "MemoryTriggers.Recalled";

    /// <summary>
    /// Later successes of the operation with an input that is not known to be the same, the latest first. They resolve nothing.
    /// <value>empty</value>
    /// </summary>
    public IReadOnlyList<RecalledResolution> Coincidences { get; init; } = [];

    /// <summary>In one line: <c>seen 3 times, last 2026-11-20 08:15Z; then: Deploy succeeded after the disk was cleaned</c>.</summary>
    public override string ToString()
    {
        var seen = string.Create(CultureInfo.InvariantCulture,
            $"seen {Occurrences} {(Occurrences == 1 ? "time" : "times")}, last {LastSeen.UtcDateTime:yyyy-MM-dd HH:mm}Z");
        if (Resolutions is [var latest, ..]) return $"{seen}; then: {latest.Line}";
        return Coincidences is [var success, ..] ? $"{seen}; coincident: {success.Line}" : seen;
    }
}
