using System.Numerics;
using System.Runtime.InteropServices;

namespace MemoryTriggers.Documents;

/// <summary>
/// What a memory is looked up by, as checksums in one index: LiteDB refuses texts of more than 1,023 bytes in an index, and a memory may
/// have such a key. Two texts may share a checksum, so the index proposes, and the filter compares the text itself.
/// </summary>
internal static class EntryKeys
{
    public static int Key(string key) => Of('k', key);

    public static int EntityId(string id) => Of('e', id);

    public static int Trace(string trace) => Of('t', trace);

    public static int Session(string session) => Of('s', session);

    public static int User(string user) => Of('u', user);

    public static int Tag(string tag) => Of('#', tag);

    public static int Parent(Guid id) => Of('p', id.ToString("N"));

    public static int Successor(Guid id) => Of('n', id.ToString("N"));

    public static IEnumerable<int> Of(MemoryEntry entry)
    {
        yield return Key(entry.Key);
        if (entry.EntityId is { } entity) yield return EntityId(entity);
        if (entry.TraceId is { } trace) yield return Trace(trace);
        if (entry.Provenance.SessionId is { } session) yield return Session(session);
        if (entry.Provenance.UserId is { } user) yield return User(user);
        if (entry.ParentId is { } parent) yield return Parent(parent);
        if (entry.SupersededBy is { } successor) yield return Successor(successor);
        foreach (var tag in entry.Tags) yield return Tag(tag);
    }

    private static int Of(char kind, string text)
    {
        var checksum = BitOperations.Crc32C(uint.MaxValue, (ushort)kind);
        foreach (var letter in MemoryMarshal.Cast<char, ushort>(text.AsSpan())) checksum = BitOperations.Crc32C(checksum, letter);
        return unchecked((int)checksum);
    }
}
