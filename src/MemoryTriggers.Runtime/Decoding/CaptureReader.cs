using System.Buffers.Binary;
using System.Text;

namespace MemoryTriggers.Decoding;

/// <summary>Reads the fields of a capture record. Every read checks the bounds.</summary>
/// <exception cref="CaptureFormatException">The bytes are no capture record of a version that is known here.</exception>
internal ref struct CaptureReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;

    public readonly bool IsAtEnd => _position == _bytes.Length;

    public byte Byte() => Take(1)[0];

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public Guid Guid() => new(Take(16));

    public string String()
    {
        int first = Byte();
        var length = first < 0x80 ? first : first & 0x7F | Byte() << 7;
        return Encoding.UTF8.GetString(Take(length));
    }

    public ReadOnlySpan<byte> Take(int count)
    {
        if (count > _bytes.Length - _position) throw new CaptureFormatException("a field is longer than its record");
        var taken = _bytes.Slice(_position, count);
        _position += count;
        return taken;
    }
}
