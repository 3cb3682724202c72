using System.Buffers.Binary;
using MemoryTriggers.Capture;

namespace MemoryTriggers.Decoding;

/// <summary>Binary capture record to <see cref="DecodedRecord"/>.</summary>
internal static class CaptureDecoder
{
    /// <exception cref="CaptureFormatException">The bytes cannot be read.</exception>
    public static DecodedRecord Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < CaptureFormat.HeadSize) throw new CaptureFormatException("the record is shorter than its head");
        if (bytes[CaptureFormat.VersionAt] != CaptureFormat.Version)
        {
            throw new CaptureFormatException($"the record has version {bytes[CaptureFormat.VersionAt]}, known is {CaptureFormat.Version}");
        }

        var record = Head(bytes);
        var reader = new CaptureReader(bytes[CaptureFormat.HeadSize..]);
        while (!reader.IsAtEnd) Field(ref reader, record);
        return record;
    }

    private static DecodedRecord Head(ReadOnlySpan<byte> bytes)
    {
        var span = bytes.Slice(CaptureFormat.SpanAt, 8);
        return new DecodedRecord
        {
            Id = Id(bytes, CaptureFormat.IdAt) ?? throw new CaptureFormatException("the record has no id"),
            ParentId = Id(bytes, CaptureFormat.ParentAt),
            DescriptorId = BinaryPrimitives.ReadUInt64LittleEndian(bytes[CaptureFormat.DescriptorAt..]),
            Outcome = Defined((TriggerOutcome)bytes[CaptureFormat.OutcomeAt]),
            Priority = Defined((TriggerPriority)bytes[CaptureFormat.PriorityAt]),
            Flags = (CaptureFlags)bytes[CaptureFormat.FlagsAt],
            TraceId = Convert.ToHexStringLower(bytes.Slice(CaptureFormat.TraceAt, 16)),
            SpanId = span.ContainsAnyExcept((byte)0) ? Convert.ToHexStringLower(span) : null,
            CreatedAt = Time(BinaryPrimitives.ReadInt64LittleEndian(bytes[CaptureFormat.CreatedAt..])),
            Duration = new TimeSpan(Math.Max(0, BinaryPrimitives.ReadInt64LittleEndian(bytes[CaptureFormat.DurationAt..]))),
        };
    }

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
                record.Exceptions.Add(Exception(ref reader));
                break;
            case CaptureField.HandledException:
                record.Handled.Add(Exception(ref reader));
                break;
            case CaptureField.Metadata:
                record.Metadata[reader.String()] = CaptureValueReader.Read(ref reader);
                break;
            case CaptureField.Tag:
                record.Tags.Add(reader.String());
                break;
            case CaptureField.Override:
                record.Overrides[(CaptureOverride)reader.Byte()] = reader.String();
                break;
            case CaptureField.Items:
                record.Items = reader.Int64();
                break;
            default:
                throw new CaptureFormatException($"unknown field {(byte)field}");
        }
    }

    private static CapturedException Exception(ref CaptureReader reader) => new(reader.String(), reader.String(), reader.String());

    private static Guid? Id(ReadOnlySpan<byte> bytes, int at)
    {
        var id = new CaptureId(
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]), BinaryPrimitives.ReadUInt64LittleEndian(bytes[(at + 8)..]));
        return id.IsEmpty ? null : id.ToGuid();
    }

    private static DateTimeOffset Time(long ticks) => ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks
        ? new DateTimeOffset(ticks, TimeSpan.Zero)
        : throw new CaptureFormatException("the time is out of range");

    private static T Defined<T>(T value) where T : struct, Enum =>
        Enum.IsDefined(value) ? value : throw new CaptureFormatException($"unknown {typeof(T).Name}");
}
