using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace MemoryTriggers.Policies;

/// <summary>
/// The digest that represents a key outside of this process, in files and for other processes: keys come from memories, whose content must
/// not leak there. One form, the SHA-256 of the key in UTF-8: 128 bits of it where there is room for an id, the first 96 of those as text.
/// </summary>
internal static class KeyDigest
{
    private const int TextBytes = 12;
    private const int MaxOnStack = 256;

    /// <summary>The digest as text, for files.</summary>
    public static string TextOf(ReadOnlySpan<char> key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(key, hash);
        return Convert.ToBase64String(hash[..TextBytes]);
    }

    /// <summary>The digest as an id, for other processes.</summary>
    public static Guid IdOf(ReadOnlySpan<char> key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(key, hash);
        return new Guid(hash[..16]);
    }

    private static void Hash(ReadOnlySpan<char> key, Span<byte> hash)
    {
        var most = Encoding.UTF8.GetMaxByteCount(key.Length);
        var rented = most > MaxOnStack ? ArrayPool<byte>.Shared.Rent(most) : null;
        var bytes = rented is null ? stackalloc byte[MaxOnStack] : rented;
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(key, bytes)], hash);
        if (rented is null) return;
        // It held sensitive text.
        ArrayPool<byte>.Shared.Return(rented, clearArray: true);
    }
}
