using System.Reflection.PortableExecutable;
using System.Security.Cryptography;

namespace MemoryTriggers.Build;

/// <summary>Checks the signature of a strong name as the .NET Framework does: over all of the file but the signature and what changes with it.</summary>
internal static class StrongNameSignature
{
    // The key as a name carries it: 12 bytes, then PUBLICKEYSTRUC (8), "RSA1", the bits and the exponent; the modulus follows.
    private const int ExponentOffset = 28;
    private const int ModulusOffset = 32;

    public static bool IsValid(byte[] assembly, byte[] publicKey)
    {
        using var file = new PEReader(new MemoryStream(assembly));
        var headers = file.PEHeaders;
        var signed = headers.CorHeader!.StrongNameSignatureDirectory;
        if (signed.Size == 0 || !headers.TryGetDirectoryOffset(signed, out var offset)) return false;

        var signature = assembly.AsSpan(offset, signed.Size).ToArray();
        Array.Reverse(signature);
        using var rsa = RSA.Create(new RSAParameters
        {
            Exponent = [.. publicKey.AsSpan(ExponentOffset, 4).ToArray().Reverse().SkipWhile(static b => b == 0)],
            Modulus = [.. publicKey.Skip(ModulusOffset).Reverse()],
        });
        return rsa.VerifyHash(Hash(assembly, headers, offset, signed.Size), signature, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1);
    }

    private static byte[] Hash(byte[] assembly, PEHeaders headers, int signature, int length)
    {
        var copy = assembly.ToArray();
        var isWide = headers.PEHeader!.Magic == PEMagic.PE32Plus;
        Array.Clear(copy, headers.PEHeaderStartOffset + 64, 4); // the checksum
        Array.Clear(copy, headers.PEHeaderStartOffset + (isWide ? 144 : 128), 8); // the directory of certificates
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        // The headers as they are, without the padding up to the first section.
        hash.AppendData(copy, 0, headers.PEHeaderStartOffset + headers.CoffHeader.SizeOfOptionalHeader + headers.SectionHeaders.Length * 40);
        foreach (var section in headers.SectionHeaders)
        {
            var end = section.PointerToRawData + section.SizeOfRawData;
            if (signature >= section.PointerToRawData && signature < end)
            {
                hash.AppendData(copy, section.PointerToRawData, signature - section.PointerToRawData);
                hash.AppendData(copy, signature + length, end - signature - length);
            }
            else
            {
                hash.AppendData(copy, section.PointerToRawData, section.SizeOfRawData);
            }
        }

        return hash.GetHashAndReset();
    }
}
