using System.Security.Cryptography;

namespace MemoryTriggers;

/// <summary>A key that values are encrypted with.</summary>
public sealed class EncryptionKey
{
    internal const int Size = 32;

    internal EncryptionKey(string name, byte[] secret) => (Name, Secret) = (name, secret);

    /// <summary>The name that encrypted values refer to.</summary>
    public string Name { get; }

    internal byte[] Secret { get; }

    /// <summary>Makes a new key, as a line of a key file. It is the only copy.</summary>
    /// <param name="name">Its name: letters, digits, <c>-</c>, <c>_</c> and <c>.</c>, such as <c>2026-11</c>.</param>
    /// <exception cref="ArgumentException">The name has other characters.</exception>
    public static string Generate(string name)
    {
        if (!IsName(name)) throw new ArgumentException("The name of a key has letters, digits, '-', '_' and '.'.", nameof(name));
        return $"{name}:{Convert.ToBase64String(RandomNumberGenerator.GetBytes(Size))}";
    }

    /// <summary>Its name.</summary>
    public override string ToString() => Name;

    internal static bool IsName(string? name) =>
        name is { Length: > 0 and <= 100 } && name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');
}
