using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using MemoryTriggers.Secrets;

namespace MemoryTriggers.Capture;

/// <summary>
/// Writes any object, bounded in depth, items and members. It runs no code of the user's: members are read from fields, and only
/// collections of the base class library are enumerated, so that no getter can throw, block, or change anything.
/// </summary>
internal static class CaptureGraphWriter
{
    public static void Write(CaptureBuffer buffer, object? value) => Write(buffer, value, new Path(CaptureFormat.MaxDepth));

    /// <summary>Writes a value whose texts lose what is secret in them.</summary>
    public static void Write(CaptureBuffer buffer, object? value, in CaptureSecrets secrets) =>
        Write(buffer, value, new CleanPath(secrets, CaptureFormat.MaxDepth));

    /// <summary>Writes a member of an exception: less deep, without secrets, and stops soon after it has passed the end.</summary>
    public static void WriteOfException(CaptureBuffer buffer, object? value, in CaptureSecrets secrets, int end) =>
        Write(buffer, value, new ExceptionPath(secrets, end));

    /// <summary>Whether a member is a secret, by its declaration or by the name of a text.</summary>
    public static bool IsSecret(string name, object? value, bool isSensitive) =>
        isSensitive || SecretValues.IsSecret(name, value);

    private static void Write(CaptureBuffer buffer, object? value, Path path)
    {
        var start = buffer.Position;
        try
        {
            Value(buffer, value, path);
        }
        catch (Exception exception)
        {
            // Capture entry point: a collection that another thread changes meanwhile, say. The memory gets a mark.
            buffer.Position = start;
            buffer.Marker(CaptureMarkers.Unreadable(exception));
        }
    }

    private static void Value(CaptureBuffer buffer, object? value, Path path)
    {
        if (value is null)
        {
            buffer.Code(CaptureValue.Null);
        }
        else if (!Scalar(buffer, value, path))
        {
            Composite(buffer, value, path);
        }
    }

    private static bool Scalar(CaptureBuffer buffer, object value, Path path)
    {
        switch (value)
        {
            case string text: buffer.Text(path.Clean(text)); break;
            case bool flag: buffer.Code(flag ? CaptureValue.True : CaptureValue.False); break;
            case Enum constant: buffer.Text(constant.ToString()); break;
            case int number: Int64(number); break;
            case long number: Int64(number); break;
            case short number: Int64(number); break;
            case sbyte number: Int64(number); break;
            case byte number: Int64(number); break;
            case ushort number: Int64(number); break;
            case uint number: Int64(number); break;
            case nint number: Int64(number); break;
            case ulong number: buffer.Code(CaptureValue.UInt64); buffer.Int64((long)number); break;
            case nuint number: buffer.Code(CaptureValue.UInt64); buffer.Int64((long)number); break;
            case double number: buffer.Code(CaptureValue.Double); buffer.Int64(BitConverter.DoubleToInt64Bits(number)); break;
            case float number: buffer.Code(CaptureValue.Single); buffer.Int32(BitConverter.SingleToInt32Bits(number)); break;
            case decimal number: Decimal(buffer, number); break;
            case char character: buffer.Text([character]); break;
            case Guid guid: buffer.Code(CaptureValue.Guid); buffer.Guid(guid); break;
            case DateTime time: buffer.Code(CaptureValue.DateTime); buffer.Int64(time.ToBinary()); break;
            case DateTimeOffset time: Offset(buffer, time); break;
            case TimeSpan span: buffer.Code(CaptureValue.TimeSpan); buffer.Int64(span.Ticks); break;
#if NET
            case Half number: buffer.Code(CaptureValue.Single); buffer.Int32(BitConverter.SingleToInt32Bits((float)number)); break;
            case DateOnly date: buffer.Text(date.ToString("O", CultureInfo.InvariantCulture)); break;
            case TimeOnly time: buffer.Text(time.ToString("O", CultureInfo.InvariantCulture)); break;
            case Int128 or UInt128 or Version or System.Text.Rune:
                buffer.Text(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture)); break;
#else
            case Version version: buffer.Text(version.ToString()); break;
#endif
            case BigInteger number: buffer.Text(number.ToString(null, CultureInfo.InvariantCulture)); break;
            case Uri uri:
                buffer.Text(path.Clean(uri.IsAbsoluteUri
                    ? uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
                    : uri.OriginalString));
                break;
            case Type type: buffer.Text(type.FullName ?? type.Name); break;
            case JsonElement json: buffer.Text(path.Clean(json.GetRawText())); break;
            case Memory<byte> bytes: Bytes(bytes.Length); break;
            case ReadOnlyMemory<byte> bytes: Bytes(bytes.Length); break;
            case byte[] bytes: Bytes(bytes.Length); break;
            default: return false;
        }

        return true;

        void Int64(long number)
        {
            buffer.Code(CaptureValue.Int64);
            buffer.Int64(number);
        }

        void Bytes(int length) => buffer.Marker(string.Create(CultureInfo.InvariantCulture, $"[{length} bytes]"));
    }

    private static void Composite(CaptureBuffer buffer, object value, Path path)
    {
        if (!path.TryEnter(value, out var mark))
        {
            buffer.Marker(mark);
            return;
        }

        switch (value)
        {
            case Exception exception: buffer.Text($"{exception.GetType().FullName}"); break;
            case ITuple tuple when IsOfBaseLibrary(value): Tuple(buffer, tuple, path); break;
            case IDictionary dictionary when IsOfBaseLibrary(value): Dictionary(buffer, dictionary, path); break;
            case ICollection collection when IsOfBaseLibrary(value): Items(buffer, collection, collection.Count, path); break;
            case IEnumerable items when IsCountedSet(value): Items(buffer, items, -1, path); break;
            case IEnumerable or Delegate or Task or System.IO.Stream or CancellationToken or System.Threading.WaitHandle:
                buffer.Marker(CaptureMarkers.NotCaptured(value.GetType())); break;
            default: Members(buffer, value, path); break;
        }

        path.Leave();
    }

    private static void Tuple(CaptureBuffer buffer, ITuple tuple, Path path)
    {
        buffer.Code(CaptureValue.Array);
        for (var index = 0; index < tuple.Length && !path.IsFull(buffer); index++) Value(buffer, tuple[index], path);
        buffer.Code(CaptureValue.End);
    }

    private static void Items(CaptureBuffer buffer, IEnumerable items, int count, Path path)
    {
        buffer.Code(CaptureValue.Array);
        var written = 0;
        foreach (var item in items)
        {
            if (written == CaptureFormat.MaxItems || path.IsFull(buffer))
            {
                buffer.Code(CaptureValue.More);
                buffer.Int32(count < 0 ? -1 : count - written);
                break;
            }

            Value(buffer, item, path);
            written++;
        }

        buffer.Code(CaptureValue.End);
    }

    private static void Dictionary(CaptureBuffer buffer, IDictionary dictionary, Path path)
    {
        buffer.Code(CaptureValue.Object);
        var written = 0;
        foreach (DictionaryEntry pair in dictionary)
        {
            if (written++ == CaptureFormat.MaxItems || path.IsFull(buffer)) break;
            var name = pair.Key as string ?? (pair.Key is IFormattable and (Enum or ValueType) && IsOfBaseLibrary(pair.Key)
                ? ((IFormattable)pair.Key).ToString(null, CultureInfo.InvariantCulture)
                : pair.Key.GetType().Name);
            Member(buffer, name, pair.Value, isSensitive: false, path);
        }

        buffer.Code(CaptureValue.End);
    }

    private static void Members(CaptureBuffer buffer, object value, Path path)
    {
        buffer.Code(CaptureValue.Object);
        foreach (var member in ObjectShape.Of(value.GetType()).Members)
        {
            if (path.IsFull(buffer)) break;
            if (path.LeavesOut(member.Name)) continue;
            Member(buffer, member.Name, member.IsSensitive ? null : member.Field.GetValue(value), member.IsSensitive, path);
        }

        buffer.Code(CaptureValue.End);
    }

    private static void Member(CaptureBuffer buffer, string name, object? value, bool isSensitive, Path path)
    {
        buffer.Code(CaptureValue.String);
        buffer.String(path.Clean(name));
        if (IsSecret(name, value, isSensitive)) buffer.Marker(CaptureMarkers.Sensitive);
        else Value(buffer, value, path);
    }

    private static void Decimal(CaptureBuffer buffer, decimal number)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(number, parts);
        buffer.Code(CaptureValue.Decimal);
        foreach (var part in parts) buffer.Int32(part);
    }

    private static void Offset(CaptureBuffer buffer, DateTimeOffset time)
    {
        buffer.Code(CaptureValue.DateTimeOffset);
        buffer.Int64(time.UtcTicks);
        buffer.Int32(time.TotalOffsetMinutes);
    }

    public static bool IsOfBaseLibrary(object value) =>
        value is Array || value.GetType().Namespace is { } name &&
        (name == "System" || name.StartsWith("System.", StringComparison.Ordinal)) &&
        (value.GetType().Assembly == typeof(object).Assembly || value.GetType().Assembly.GetName().Name is "System.Collections" or
            "System.Collections.Immutable" or "System.Collections.Concurrent" or "System.Runtime.Numerics");

    private static bool IsCountedSet(object value) =>
        value.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() is var definition &&
        (definition == typeof(HashSet<>) || definition == typeof(SortedSet<>));

    /// <summary>The objects from the root to here: finds cycles and bounds the depth.</summary>
    private class Path(int maxDepth)
    {
        private readonly object[] _objects = new object[maxDepth];
        private int _depth;

        /// <summary>Whether no further part begins.</summary>
        public virtual bool IsFull(CaptureBuffer buffer) => buffer.IsFull;

        public virtual string Clean(string text) => text;

        public virtual bool LeavesOut(string member) => false;

        public bool TryEnter(object value, out string mark)
        {
            mark = CaptureMarkers.TooDeep;
            if (_depth == _objects.Length) return false;

            for (var index = 0; index < _depth; index++)
            {
                if (!ReferenceEquals(_objects[index], value)) continue;
                mark = CaptureMarkers.Cycle;
                return false;
            }

            _objects[_depth++] = value;
            return true;
        }

        public void Leave() => _depth--;
    }

    /// <summary>That of a value whose texts are cleaned.</summary>
    private class CleanPath(CaptureSecrets secrets, int maxDepth) : Path(maxDepth)
    {
        private CaptureSecrets _secrets = secrets;

        public override string Clean(string text) => _secrets.Clean(text);
    }

    /// <summary>That of a member of an exception: it ends at a position, and texts lose what is secret in them.</summary>
    private sealed class ExceptionPath(CaptureSecrets secrets, int end) : CleanPath(secrets, CaptureFormat.MaxExceptionDepth)
    {
        public override bool IsFull(CaptureBuffer buffer) => base.IsFull(buffer) || buffer.Position > end;

        public override bool LeavesOut(string member) => ExceptionMembers.IsLeftOut(member);
    }
}
