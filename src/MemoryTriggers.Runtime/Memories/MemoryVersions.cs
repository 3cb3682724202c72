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

    /// <summary>
    /// What to store, as one batch, when a value becomes the current one of a name: what was current becomes its history.
    /// </summary>
    /// <param name="current">The memory with the id of the name.</param>
    /// <param name="made">The new value, with that id.</param>
    /// <param name="others">Other memories that are current under the name.</param>
    /// <param name="changedBy">Who sets it.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<MemoryEntry> Replace(
        MemoryEntry? current, MemoryEntry made, IReadOnlyList<MemoryEntry> others, string changedBy, DateTimeOffset now)
    {
        var earlier = current is null ? others : [.. others, current];
        if (earlier.Count == 0) return [made];
        var latest = earlier.Max(static entry => entry.UpdatedAt);
        var at = now > latest ? now : latest.AddTicks(1);
        var origin = (current ?? earlier.MinBy(static entry => entry.CreatedAt)!).Provenance;
        var replacing = made with
        {
            // The time of a draft that has one stays.
            CreatedAt = made.CreatedAt == made.Provenance.CreatedAt ? at : made.CreatedAt,
            UpdatedAt = at,
            Provenance = made.Provenance with
            {
                CreatedBy = origin.CreatedBy,
                CreatedAt = origin.CreatedAt,
                UpdatedBy = changedBy,
                UpdatedAt = at,
            },
        };
        var past = others.Select(entry => entry with { SupersededBy = made.Id, SupersededAt = at }).ToList();
        if (current is not null)
            past.Add(current with { Id = IdOf(current), SupersededBy = made.Id, SupersededAt = current.SupersededAt ?? at });
        return [.. past, replacing];
    }

    /// <summary>
    /// Whether one memory is an earlier version of another, and not one of its own that was replaced. A memory that was replaced by the
    /// present one of its own name is an earlier value of that name.
    /// </summary>
    public static bool IsVersion(MemoryEntry entry) => entry.SupersededBy is { } present
        && (entry.Id == IdOf(present, entry.UpdatedAt) || MemoryName.Made(present) && MemoryName.Of(entry).ToId() == present);

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
        // Without a time in it where the id of the memory has none.
        id[6] = (byte)(id[6] & 0x0F | (MemoryName.Made(present) ? 0x80 : 0x70));
        id[8] = (byte)(id[8] & 0x3F | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
