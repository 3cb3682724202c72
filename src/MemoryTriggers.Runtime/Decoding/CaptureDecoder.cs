using System.Runtime.InteropServices;
using MemoryTriggers.Capture;

namespace MemoryTriggers.Decoding;

/// <summary>Binary capture record to <see cref="DecodedRecord"/>.</summary>
internal static class CaptureDecoder
{
    /// <exception cref="CaptureFormatException">The bytes cannot be read.</exception>
    public static DecodedRecord Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < CaptureHead.Size) throw new CaptureFormatException("the record is shorter than its head");

        var head = MemoryMarshal.Read<CaptureHead>(bytes);
        if (head.Version != CaptureFormat.Version)
        {
            throw new CaptureFormatException($"the record has version {head.Version}, known is {CaptureFormat.Version}");
        }

        var record = Read(head);
        var reader = new CaptureReader(bytes[CaptureHead.Size..]);
        while (!reader.IsAtEnd) Field(ref reader, record);
        return record;
    }

    private static DecodedRecord Read(in CaptureHead head) => new()
    {
        Id = Id(head.Id) ?? throw new CaptureFormatException("the record has no id"),
        ParentId = Id(head.Parent),
        DescriptorId = head.Descriptor,
        Outcome = Defined((TriggerOutcome)head.Outcome),
        Priority = Defined((TriggerPriority)head.Priority),
        Flags = (CaptureFlags)head.Flags,
        TraceId = Hex(head.TraceHigh) + Hex(head.TraceLow),
        SpanId = head.Span == 0 ? null : Hex(head.Span),
        StartedAt = Time(head.Created),
        Duration = new TimeSpan(Math.Max(0, head.Duration)),
    };

    private static void Field(ref CaptureReader reader, DecodedRecord record)
    {
        var field = (CaptureField)reader.Byte();
        switch (field)
        {
            case CaptureField.Argument:
                record.Arguments[reader.Byte()] = CaptureValueReader.Read(ref reader);
                break;
            case CaptureField.Result:
                record.Result = CaptureValueReader.Read(ref reader);
                record.HasResult = true;
                break;
            case CaptureField.Exception:
                record.Exceptions.Add(record.LastException = Exception(ref reader));
                break;
            case CaptureField.HandledException:
                record.Handled.Add(record.LastException = Exception(ref reader));
                break;
            case CaptureField.ExceptionMember:
                var name = reader.String();
                var value = CaptureValueReader.Read(ref reader);
                (record.LastException ?? throw new CaptureFormatException("a member has no exception")).Members[name] = value;
                break;
            case CaptureField.Metadata:
                record.Metadata[reader.String()] = CaptureValueReader.Read(ref reader);
                break;
            case CaptureField.Tag:
                record.Tags.Add(reader.String());
                break;
            case CaptureField.Override:
                Override(ref reader, record);
                break;
            case CaptureField.Items:
                record.Items = reader.Int64();
                break;
            default:
                throw new CaptureFormatException($"unknown field {(byte)field}");
        }
    }

    private static void Override(ref CaptureReader reader, DecodedRecord record)
    {
        var what = (CaptureOverride)reader.Byte();
        var text = reader.String();
        record.Overrides[what] = what == CaptureOverride.Content ? record.Overrides.GetValueOrDefault(what) + text : text;
    }

    private static CapturedException Exception(ref CaptureReader reader) => new(reader.String(), reader.String(), reader.String());

    private static Guid? Id(CaptureId id) => id.IsEmpty ? null : id.ToGuid();

    private static string Hex(ulong bigEndian) => Convert.ToHexStringLower(MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in bigEndian)));

    private static DateTimeOffset Time(long ticks) => ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks
        ? new DateTimeOffset(ticks, TimeSpan.Zero)
        : throw new CaptureFormatException("the time is out of range");

    private static T Defined<T>(T value) where T : struct, Enum =>
        Enum.IsDefined(value) ? value : throw new CaptureFormatException($"unknown {typeof(T).Name}");
}
