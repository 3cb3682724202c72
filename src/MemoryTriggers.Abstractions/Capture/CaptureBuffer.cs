using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using MemoryTriggers.Secrets;

namespace MemoryTriggers.Capture;

/// <summary>
/// The bytes of a record: a head that is written last, then fields. A field that would pass the limit is taken back as a whole
/// at its <see cref="Commit"/> and leaves the truncation mark. Grows up to the limit and keeps its size for the next record.
/// </summary>
internal sealed class CaptureBuffer
{
    private const int MaxScanned = CaptureFormat.MaxStringLength + 512;
    private byte[] _bytes = new byte[512];
    private int _length = CaptureFormat.HeadSize;
    private int _fieldStart;

    public bool IsTruncated { get; private set; }

    public CaptureHead Head
    {
        set => Unsafe.WriteUnaligned(ref MemoryMarshal.GetArrayDataReference(_bytes), value);
    }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>Whether a value should stop adding parts: the field will be taken back anyway.</summary>
    public bool IsFull => _length > CaptureFormat.MaxRecordBytes;

    public int Position
    {
        get => _length;
        set => _length = value;
    }

    public void Reset()
    {
        _length = CaptureFormat.HeadSize;
        IsTruncated = false;
    }

    public void CopyFrom(CaptureBuffer other)
    {
        _length = CaptureFormat.HeadSize;
        Room(other._length - _length);
        other._bytes.AsSpan(_length, other._length - _length).CopyTo(_bytes.AsSpan(_length));
        _length = other._length;
        IsTruncated = other.IsTruncated;
    }

    public void Field(CaptureField field)
    {
        _fieldStart = _length;
        Byte((byte)field);
    }

    /// <summary>Ends a field: keeps it, or takes it back when the record has become too large.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Commit()
    {
        if (_length > CaptureFormat.MaxRecordBytes) TakeBack();
    }

    private void TakeBack()
    {
        var field = (CaptureField)_bytes[_fieldStart];
        var index = _bytes[_fieldStart + 1];
        _length = _fieldStart;
        IsTruncated = true;
        if (_fieldStart > CaptureFormat.MaxRecordBytes + CaptureFormat.Reserve / 2) return;

        if (field is CaptureField.Argument or CaptureField.Result)
        {
            Byte((byte)field);
            if (field == CaptureField.Argument) Byte(index);
            Marker(CaptureMarkers.TooLarge);
        }
    }

    /// <summary>Ends a field that may use the reserve behind the limit.</summary>
    public void CommitReserved()
    {
        if (_length <= CaptureFormat.MaxRecordBytes + CaptureFormat.Reserve) return;
        _length = _fieldStart;
        IsTruncated = true;
    }

    /// <summary>
    /// A whole argument of the commonest type, with one check of the room. It is small enough never to pass the limit alone.
    /// </summary>
    public void Int32Field(CaptureField field, byte index, int value)
    {
        Room(7);
        ref var target = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_bytes), _length);
        target = (byte)field;
        Unsafe.Add(ref target, 1) = index;
        Unsafe.Add(ref target, 2) = (byte)CaptureValue.Int32;
        WriteInt32(ref Unsafe.Add(ref target, 3), value);
        _fieldStart = _length;
        _length += 7;
        Commit();
    }

    /// <summary>A whole result of the commonest type.</summary>
    public void Int32Field(CaptureField field, int value)
    {
        Room(6);
        ref var target = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_bytes), _length);
        target = (byte)field;
        Unsafe.Add(ref target, 1) = (byte)CaptureValue.Int32;
        WriteInt32(ref Unsafe.Add(ref target, 2), value);
        _fieldStart = _length;
        _length += 6;
        Commit();
    }

    public void Byte(byte value)
    {
        Room(1);
        _bytes[_length++] = value;
    }

    public void Code(CaptureValue value) => Byte((byte)value);

    public void Int32(int value)
    {
        Room(4);
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(_length), value);
        _length += 4;
    }

    public void Int64(long value)
    {
        Room(8);
        BinaryPrimitives.WriteInt64LittleEndian(_bytes.AsSpan(_length), value);
        _length += 8;
    }

    public void Guid(Guid value)
    {
        Room(16);
        value.TryWriteBytes(_bytes.AsSpan(_length));
        _length += 16;
    }

    public void Marker(string text)
    {
        Code(CaptureValue.Marker);
        Write(text.AsSpan());
    }

    /// <summary>A text value without secrets, cut at <see cref="CaptureFormat.MaxStringLength"/>.</summary>
    public void Text(string text)
    {
        var clean = Clean(text);
        // Of a longer one only the beginning is clean.
        var isWhole = ReferenceEquals(clean, text) || text.Length <= CaptureFormat.MaxStringLength;
        WriteText(clean.AsSpan(), isWhole ? clean.Length : text.Length);
    }

    /// <summary>The text of a span, without secrets.</summary>
    public void Text(ReadOnlySpan<char> text)
    {
        if (SecretText.Captured is not null && SecretMarks.AreIn(text)) Text(text.ToString());
        else WriteText(text, text.Length);
    }

    private void WriteText(ReadOnlySpan<char> text, int length)
    {
        if (length <= CaptureFormat.MaxStringLength)
        {
            Code(CaptureValue.String);
            Write(text);
            return;
        }

        Code(CaptureValue.TruncatedString);
        Int32(length);
        Write(text);
    }

    /// <summary>
    /// Length and UTF-8. Lone surrogates become U+FFFD. At most <see cref="CaptureFormat.MaxStringLength"/> characters are written.
    /// </summary>
    public void String(string text) => Write(Clean(text).AsSpan());

    // Where a text is cut a secret may be cut, too, and be known no more: it is looked for a little further.
    private static string Clean(string text)
    {
        if (SecretText.Captured is not { } secrets) return text;
        return secrets.Mask(text.Length <= MaxScanned ? text : text.Substring(0, MaxScanned));
    }

    private void Write(ReadOnlySpan<char> text)
    {
        if (text.Length > CaptureFormat.MaxStringLength) text = text[..Boundary(text, CaptureFormat.MaxStringLength)];

        // Three bytes a character at most. The length goes in front, in as many bytes as the greatest possible length takes.
        var maxBytes = text.Length * 3;
        var lengthBytes = maxBytes < 0x80 ? 1 : 2;
        Room(lengthBytes + maxBytes);
        var written = Encoding.UTF8.GetBytes(text, _bytes.AsSpan(_length + lengthBytes));
        if (lengthBytes == 1)
        {
            _bytes[_length] = (byte)written;
        }
        else
        {
            // 14 bits: enough for MaxStringLength characters.
            _bytes[_length] = (byte)(written | 0x80);
            _bytes[_length + 1] = (byte)(written >> 7);
        }

        _length += lengthBytes + written;
    }

    /// <summary>Where to cut so that no character of two parts is.</summary>
    public static int Boundary(ReadOnlySpan<char> text, int limit) => char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit;

    private static void WriteInt32(ref byte target, int value) =>
        Unsafe.WriteUnaligned(ref target, BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Room(int count)
    {
        if (_bytes.Length - _length < count) Grow(count);
    }

    private void Grow(int count) => Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + count));
}
