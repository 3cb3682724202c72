using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MemoryTriggers.Decoding;

namespace MemoryTriggers.Duplicates;

/// <summary>
/// 128 bits of SHA-256 over what two memories must have in common to be the same. How long it took does not count, also not in the line.
/// </summary>
internal static class MemoryFingerprint
{
    public static UInt128 Of(MemoryEntry entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, entry.Project);
        Add(hash, entry.Provenance.UserId);
        Add(hash, entry.Category);
        Add(hash, entry.Key);
        Add(hash, entry.Duration > TimeSpan.Zero
            ? entry.Content.Replace(ContentLine.Milliseconds(entry.Duration), "", StringComparison.Ordinal)
            : entry.Content);
        Add(hash, entry.Value.ValueKind == JsonValueKind.Undefined ? "{}" : entry.Value.GetRawText());
        Add(hash, entry.EntityType);
        Add(hash, entry.EntityId);
        Add(hash, entry.Source);
        Add(hash, entry.TriggerType?.Name());
        Add(hash, entry.Outcome.Name());
        foreach (var tag in entry.Tags.Order(StringComparer.Ordinal)) Add(hash, tag);

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return BinaryPrimitives.ReadUInt128BigEndian(digest);
    }

    // With its length, so that no two texts together can be taken for two others.
    private static void Add(IncrementalHash hash, string? text)
    {
        Span<byte> length = stackalloc byte[4];
        var bytes = text is null ? [] : Encoding.UTF8.GetBytes(text);
        BinaryPrimitives.WriteInt32LittleEndian(length, text is null ? -1 : bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
