using MemoryTriggers.Decoding;
using MemoryTriggers.Journal;

namespace MemoryTriggers.Inspection;

/// <summary>Reads the files of one journal, opened for reading only.</summary>
internal sealed class JournalFolderReader(string directory)
{
    private readonly CheckpointSlots _checkpoint = CheckpointSlots.Newest(ReadOnlyFile.Bytes(Path.Combine(directory, "checkpoint")));
    private readonly DefinitionScan[] _scans = [.. JournalDirectory.DefinitionsIn(directory)
        .Select(static path => DefinitionScan.Of(ReadOnlyFile.Bytes(path)))];

    private Dictionary<ulong, ReadOnlyMemory<byte>> Definitions => field ??= _scans.SelectMany(static scan => scan.Definitions)
        .DistinctBy(static known => known.Key).ToDictionary();

    public JournalInspection Inspect()
    {
        // Before the files: who comes meanwhile makes them look unfinished, who goes leaves them whole.
        var isInUse = ReadOnlyFile.IsLocked(Path.Combine(directory, "lock"));
        List<JournalSegmentInspection> segments = [.. SegmentFiles().Select(path => Inspect(path))];
        var quarantine = Path.Combine(directory, "quarantine");
        var held = HeldCount.Read(directory);
        return new JournalInspection
        {
            Directory = directory,
            IsInUse = isInUse,
            Segments = segments,
            Held = held,
            Definitions = Definitions.Count,
            Quarantined = Directory.Exists(quarantine) ? Directory.GetFiles(quarantine).Length : 0,
            Problems = [.. Problems(segments, held, isInUse)],
        };
    }

    public IEnumerable<MemoryEntry> ReadPending(MemoryComposer composer)
    {
        foreach (var path in SegmentFiles())
        {
            var bytes = ReadOnlyFile.Bytes(path);
            if (!SegmentHeader.TryRead(bytes, out var header, out _)) continue;
            for (var at = Start(header, bytes.Length); at < bytes.Length;)
            {
                var size = JournalFrame.Verify(bytes.AsSpan(at), header.Nonce, at);
                if (size == 0)
                {
                    at = FrameScanner.FindNext(bytes, at + JournalFrame.Alignment, header.Nonce, 0);
                    if (at < 0) break;
                    continue;
                }

                if (Compose(bytes.AsSpan(at + JournalFrame.HeaderBytes, JournalFrame.PayloadLength(BitConverter.ToUInt32(bytes, at))),
                    composer) is { } entry) yield return entry;
                at += size;
            }
        }
    }

    private IEnumerable<string> SegmentFiles() => Directory.GetFiles(directory, "*.segment")
        .OrderBy(static path =>
            JournalDirectory.TryReadName(path, out var lane, out var sequence) ? ((int)lane, sequence) : (int.MaxValue, 0));

    private JournalSegmentInspection Inspect(string path)
    {
        var bytes = ReadOnlyFile.Bytes(path);
        JournalDirectory.TryReadName(path, out _, out var named);
        var known = new JournalSegmentInspection
        {
            File = Path.GetFileName(path),
            Lane = null,
            Sequence = named,
            Bytes = bytes.Length,
            State = "free",
        };
        if (!SegmentHeader.TryRead(bytes, out var header, out _))
            return bytes.AsSpan(Math.Min(SegmentHeader.Bytes, bytes.Length)).ContainsAnyExcept((byte)0) ? known with
            {
                State = "unreadable",
            } : known;

        known = known with { Lane = header.Lane, Sequence = header.Sequence };
        var start = Start(header, bytes.Length);
        var scan = SegmentScan.Of(path, header, bytes, start);
        return known with
        {
            State = scan.Frames > 0 || scan.Damage.Count > 0 ? "pending" : start > SegmentHeader.Bytes ? "stored" : "free",
            Pending = scan.Frames,
            PendingBytes = scan.FrameBytes,
            Damage = scan.Damage,
        };
    }

    // Where what is not acknowledged begins.
    private int Start(SegmentHeader header, int length)
    {
        if (header.Journal != _checkpoint.Journal) return SegmentHeader.Bytes;
        var acknowledged = _checkpoint.Positions[(int)header.Lane];
        if (header.Sequence < acknowledged.Sequence) return length;
        return header.Sequence > acknowledged.Sequence
            ? SegmentHeader.Bytes
            : (int)Math.Clamp(acknowledged.Offset, SegmentHeader.Bytes, Math.Max(SegmentHeader.Bytes, length));
    }

    private MemoryEntry? Compose(ReadOnlySpan<byte> record, MemoryComposer composer)
    {
        try
        {
            var decoded = CaptureDecoder.Decode(record);
            return composer.Compose(decoded, Definitions.TryGetValue(decoded.DescriptorId, out var json)
                ? DefinitionJson.Read(json.Span)
                : null);
        }
        catch (CaptureFormatException)
        {
            return null;
        }
    }

    private IEnumerable<string> Problems(List<JournalSegmentInspection> segments, long? held, bool isInUse)
    {
        foreach (var segment in segments)
        {
            if (segment.State == "unreadable") yield return $"{segment.File} has no head that can be read";
            // A living process claims room before it fills it: the end of its newest file is not damage.
            foreach (var (from, to) in segment.Damage.Where(_ => !isInUse))
                yield return $"{segment.File}: no record can be made of the bytes {from} to {to}";
        }

        if (_scans.Min(static scan => scan.Damaged) is > 0 and var damaged && !isInUse)
            yield return $"{damaged} definitions of triggers cannot be read";
        if (held is null) yield return "what policies hold back cannot be read";
    }
}
