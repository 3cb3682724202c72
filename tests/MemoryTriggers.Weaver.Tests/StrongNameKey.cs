using System.Security.Cryptography;

namespace MemoryTriggers.Weaver;

/// <summary>Makes a strong name key, in the two forms that files have.</summary>
internal static class StrongNameKey
{
    private const int SigningAlgorithm = 0x2400;
    private const int HashAlgorithm = 0x8004;

    /// <summary>The key pair, and the public key as an assembly's name carries it.</summary>
    public static (byte[] Pair, byte[] PublicKey) Create()
    {
        using var rsa = RSA.Create(1024);
        var key = rsa.ExportParameters(includePrivateParameters: true);
        var publicBlob = Blob(type: 6, magic: "RSA1"u8, key, []);
        var pair = Blob(type: 7, magic: "RSA2"u8, key, [key.P!, key.Q!, key.DP!, key.DQ!, key.InverseQ!, key.D!]);
        return (pair, [.. BitConverter.GetBytes(SigningAlgorithm), .. BitConverter.GetBytes(HashAlgorithm), .. BitConverter.GetBytes(publicBlob.Length), .. publicBlob]);
    }

    // PUBLICKEYSTRUC, RSAPUBKEY, and the numbers with their lowest byte first.
    private static byte[] Blob(byte type, ReadOnlySpan<byte> magic, RSAParameters key, byte[][] secrets) =>
    [
        type, 2, 0, 0, .. BitConverter.GetBytes(SigningAlgorithm),
        .. magic, .. BitConverter.GetBytes(key.Modulus!.Length * 8), .. Reversed([.. new byte[4 - key.Exponent!.Length], .. key.Exponent]),
        .. Reversed(key.Modulus), .. secrets.SelectMany(Reversed),
    ];

    private static byte[] Reversed(byte[] number) => [.. Enumerable.Reverse(number)];
}
