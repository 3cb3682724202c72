using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MemoryTriggers.Memories;

/// <summary>
/// How a memory keeps its past: it changes under its own id, and what it was before stays as a memory of its own, replaced by it.
/// </summary>
internal static class MemoryVersions
{
    /// <summary>What to store, as one batch, when a memory becomes another: the earlier version, and the memory as it is now.</summary>
    public static IReadOnlyList<MemoryEntry> Change(MemoryEntry current, Func<MemoryEntry, MemoryEntry> change, string changedBy,
        DateTimeOffset now)
    {
        // Versions follow each other in time, also when the clock does not advance or goes back.
        var at = now > current.UpdatedAt ? now : current.UpdatedAt.AddTicks(1);
        var changed = change(current) with
        {
            Id = current.Id,
            CreatedAt = current.CreatedAt,
            UpdatedAt = at,
            Provenance = current.Provenance with { UpdatedBy = changedBy, UpdatedAt = at },
        };
        return [current with { Id = IdOf(current), SupersededBy = current.Id, SupersededAt = at }, changed];
    }

    /// <summary>Whether one memory is an earlier version of another, and not one of its own that was replaced.</summary>
    public static bool IsVersion(MemoryEntry entry) => entry.SupersededBy is { } present && entry.Id == IdOf(present, entry.UpdatedAt);

    private static Guid IdOf(MemoryEntry current) => IdOf(current.Id, current.UpdatedAt);

    // Made of what it is, so that a change that is stored twice makes no second version; with the time of the memory, so that both are
    // stored together.
    private static Guid IdOf(Guid present, DateTimeOffset version)
    {
        Span<byte> seed = stackalloc byte[24];
        present.TryWriteBytes(seed, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(seed[16..], version.UtcTicks);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(seed, hash);

        Span<byte> id = stackalloc byte[16];
        seed[..6].CopyTo(id);
        hash[..10].CopyTo(id[6..]);
        id[6] = (byte)(id[6] & 0x0F | 0x70);
        id[8] = (byte)(id[8] & 0x3F | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
