using System.Buffers.Binary;

namespace MemoryTriggers.Journal;

/// <summary>The content of the bytes of a <see cref="DefinitionTable"/>.</summary>
internal sealed class DefinitionScan
{
    public const ulong Nonce = 0x4E4654444754454D;
    public const int IdBytes = 8;
    public const int MaxFileBytes = 256 * 1024 * 1024;

    private readonly Dictionary<ulong, ReadOnlyMemory<byte>> _definitions = [];

    private DefinitionScan()
    {
    }

    /// <summary>The definitions as JSON, by id.</summary>
    public IReadOnlyDictionary<ulong, ReadOnlyMemory<byte>> Definitions => _definitions;

    /// <summary>Stretches that did not verify.</summary>
    public int Damaged { get; private set; }

    /// <summary>The end of the last whole entry.</summary>
    public int End { get; private set; }

    public static DefinitionScan Of(ReadOnlySpan<byte> content)
    {
        var scan = new DefinitionScan();
        scan.Walk(content);

        return scan;
    }

    /// <summary>Whether the only stretch that did not verify is the end: an entry was being written.</summary>
    public bool IsTornAtEnd { get; private set; }

    private void Walk(ReadOnlySpan<byte> content)
    {
        while (End < content.Length)
        {
            if (JournalFrame.Verify(content[End..], Nonce, End) is > 0 and var size)
            {
                Keep(content.Slice(End + JournalFrame.HeaderBytes, JournalFrame.PayloadLength(BitConverter.ToUInt32(content[End..]))));
                End += size;
                continue;
            }

            Damaged++;
            var next = FrameScanner.FindNext(content, End + JournalFrame.Alignment, Nonce, baseOffset: 0);

            if (next < 0)
            {
                IsTornAtEnd = Damaged == 1;
                break;
            }

            End = next;
        }
    }

    private void Keep(ReadOnlySpan<byte> payload)
    {
        if (payload.Length >= IdBytes)
            _definitions.TryAdd(BinaryPrimitives.ReadUInt64LittleEndian(payload), payload[IdBytes..].ToArray());
    }
}
