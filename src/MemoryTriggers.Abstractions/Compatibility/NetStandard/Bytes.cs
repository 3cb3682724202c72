using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace System;

/// <summary>Members of later frameworks that read and write bytes.</summary>
internal static class Bytes
{
    extension(MemoryMarshal)
    {
        public static ref T GetArrayDataReference<T>(T[] array) => ref MemoryMarshal.GetReference(array.AsSpan());
    }

    extension(BitConverter)
    {
        public static int SingleToInt32Bits(float value) => Unsafe.As<float, int>(ref value);
    }

    extension(RandomNumberGenerator)
    {
        public static byte[] GetBytes(int count)
        {
            using var generator = RandomNumberGenerator.Create();
            var bytes = new byte[count];
            generator.GetBytes(bytes);
            return bytes;
        }
    }

    extension(SHA256)
    {
        public static byte[] HashData(byte[] source)
        {
            using var hash = SHA256.Create();
            return hash.ComputeHash(source);
        }
    }

    extension(decimal)
    {
        public static int GetBits(decimal value, Span<int> destination)
        {
            decimal.GetBits(value).CopyTo(destination);
            return 4;
        }
    }

    public static bool TryWriteBytes(this Guid value, Span<byte> destination)
    {
        value.ToByteArray().CopyTo(destination);
        return true;
    }

    public static bool TryWriteBytes(this Guid value, Span<byte> destination, bool bigEndian, out int written)
    {
        written = 16;
        value.TryWriteBytes(destination);
        if (!bigEndian) return true;

        // The first three parts are numbers in the order of the machine.
        BinaryPrimitives.WriteInt32BigEndian(destination, BinaryPrimitives.ReadInt32LittleEndian(destination));
        BinaryPrimitives.WriteInt16BigEndian(destination[4..], BinaryPrimitives.ReadInt16LittleEndian(destination[4..]));
        BinaryPrimitives.WriteInt16BigEndian(destination[6..], BinaryPrimitives.ReadInt16LittleEndian(destination[6..]));
        return true;
    }

    public static unsafe int GetBytes(this Encoding encoding, ReadOnlySpan<char> text, Span<byte> destination)
    {
        if (text.IsEmpty) return 0;
        fixed (char* from = text)
        {
            fixed (byte* to = destination) return encoding.GetBytes(from, text.Length, to, destination.Length);
        }
    }
}
