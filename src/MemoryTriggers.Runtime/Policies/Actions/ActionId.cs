using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MemoryTriggers.Policies;

/// <summary>
/// The id of what an action makes of a memory: always the same, so that a memory that is delivered a second time makes nothing twice. In
/// the time order of the memory (UUID version 7); the rest is a hash.
/// </summary>
internal static class ActionId
{
    public static Guid Of(PolicyActionCall call, MemoryEntry entry)
    {
        Span<byte> bytes = stackalloc byte[16];
        var rule = Encoding.UTF8.GetBytes(call.Rule);
        var name = new byte[16 + 4 + rule.Length];
        entry.Id.TryWriteBytes(name, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(name.AsSpan(16), call.Position);
        rule.CopyTo(name, 20);

        SHA256.HashData(name).AsSpan(0, 16).CopyTo(bytes);
        name.AsSpan(0, 6).CopyTo(bytes);
        bytes[6] = (byte)(0x70 | bytes[6] & 0x0F);
        bytes[8] = (byte)(0x80 | bytes[8] & 0x3F);
        return new Guid(bytes, bigEndian: true);
    }
}
