using System.Text.Json.Serialization;

namespace MemoryTriggers.Transfer;

/// <summary>The whole file. The revision comes second, so that its first bytes tell whether it has changed.</summary>
internal sealed record MemoryDocument
{
    public const int CurrentFormat = 1;

    [JsonPropertyOrder(-4)]
    public required int Format { get; init; }

    [JsonPropertyOrder(-3)]
    public required long Revision { get; init; }

    [JsonPropertyOrder(-2)]
    public required DateTimeOffset UpdatedAt { get; init; }

    public required IReadOnlyDictionary<Guid, MemoryEntry> Entries { get; init; }

    /// <summary>The entries that cannot be read, each with the reason.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Unreadable { get; init; } = [];
}
