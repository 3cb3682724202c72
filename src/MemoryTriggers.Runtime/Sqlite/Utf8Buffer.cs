using System.Buffers;
using System.Text;

namespace MemoryTriggers.Sqlite;

/// <summary>A string as UTF-8, on the stack when it is short and from the array pool otherwise.</summary>
internal ref struct Utf8Buffer
{
    public const int OnStack = 512;
    private byte[]? _rented;

    public Utf8Buffer(string text, Span<byte> stack)
    {
        var limit = Encoding.UTF8.GetMaxByteCount(text.Length);
        var target = limit <= stack.Length ? stack : _rented = ArrayPool<byte>.Shared.Rent(limit);
        Bytes = target[..Encoding.UTF8.GetBytes(text, target)];
    }

    public ReadOnlySpan<byte> Bytes { get; }

    public void Dispose()
    {
        if (_rented is not null) ArrayPool<byte>.Shared.Return(_rented);
        _rented = null;
    }
}
