using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MemoryTriggers.Memories;

/// <summary>
/// The name under which a memory has one current value: project, user, category, entity type and key. It gives the memory its id, so that
/// every writer in every process changes the same one.
/// </summary>
/// <remarks>
/// The id is a UUID version 8 as in RFC 9562, section 5.8 and appendix B.2: SHA-256 over a namespace and the name, of which the first 128
/// bits are taken, with version and variant set. Each part of the name goes in as its length (-1 for none) and its UTF-16 code units, all
/// big-endian, so that no two names have the same bytes. The formula is part of the stored data and never changes.
/// </remarks>
internal readonly record struct MemoryName(string Project, string? User, string Category, string? EntityType, string Key)
{
    private const int Version = 0x80;
    private static readonly Guid Namespace = new("5e0f3a52-6c1d-4f0b-9d8e-2f6b7c41a9d3");

    public static MemoryName Of(MemoryEntry entry) => 
        new(entry.Project, entry.Provenance.UserId, entry.Category, entry.EntityType, entry.Key);

    /// <summary>Whether an id was made of a name.</summary>
    public static bool Made(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return (bytes[6] & 0xF0) == Version;
    }

    public Guid ToId()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        Namespace.TryWriteBytes(bytes, bigEndian: true, out _);
        hash.AppendData(bytes[..16]);
        Append(hash, Project);
        Append(hash, User);
        Append(hash, Category);
        Append(hash, EntityType);
        Append(hash, Key);
        hash.GetHashAndReset(bytes);
        bytes[6] = (byte)(bytes[6] & 0x0F | Version);
        bytes[8] = (byte)(bytes[8] & 0x3F | 0x80);
        return new Guid(bytes[..16], bigEndian: true);
    }

    private static void Append(IncrementalHash hash, string? text)
    {
        var bytes = new byte[4 + 2 * (text?.Length ?? 0)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, text?.Length ?? -1);
        for (var i = 0; i < text?.Length; i++) BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(4 + 2 * i), text[i]);
        hash.AppendData(bytes);
    }
}
