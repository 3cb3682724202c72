using System.Security.Cryptography;
using System.Text;

namespace MemoryTriggers.Policies;

/// <summary>What stands in the file for a key: keys come from memories, and what memories hold has no business there.</summary>
internal static class KeyDigest
{
    private const int Bytes = 12;

    public static string Of(string key) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, Bytes));
}
