using System.Buffers.Binary;
using LiteDB;
using MemoryTriggers.Documents;
using MemoryTriggers.Files;

namespace MemoryTriggers.DataFile;

/// <summary>
/// Reads what can be read from a damaged database, page by page: every page of documents that is whole counts, whatever happened to the
/// header, to an index or to its neighbors. Pages in the journal are newer than those in the database.
/// </summary>
internal sealed class PageSalvage : IDisposable
{
    private const int HeaderSize = 32;
    private const byte DocumentPage = 4;
    private const int BlockHead = 6;
    private const uint NoPage = uint.MaxValue;
    private const int MaxBlocks = 4_096;
    private readonly IDiskFile _data;
    private readonly IDiskFile? _journal;
    private readonly Dictionary<uint, long> _newest = [];

    public PageSalvage(LiteDbFiles files)
    {
        _data = files.Open(files.Database, FileMode.Open);
        if (!files.WasLeftOpen) return;
        _journal = files.Open(files.Journal, FileMode.Open);
        ReadJournal(_journal);
    }

    /// <summary>Every memory that is whole.</summary>
    public IEnumerable<MemoryEntry> Read()
    {
        var pages = (_data.Length + PagedStream.PageSize - 1) / PagedStream.PageSize;
        var last = Math.Max(pages, _newest.Count == 0 ? 0 : _newest.Keys.Max() + 1L);
        for (uint page = 1; page < last; page++)
            foreach (var entry in ReadPage(page)) yield return entry;
    }

    public void Dispose()
    {
        _data.Dispose();
        _journal?.Dispose();
    }

    // Pages count from the moment that the last one of their transaction was written.
    private void ReadJournal(IDiskFile journal)
    {
        var page = new byte[PagedStream.PageSize];
        var open = new Dictionary<uint, List<(uint Page, long Offset)>>();
        var frames = JournalFrames.CountIntact(journal);
        for (var number = 0L; number < frames; number++)
        {
            PagedStream.ReadPage(journal, JournalFrames.Offset(number), page);
            var transaction = BinaryPrimitives.ReadUInt32LittleEndian(page.AsSpan(14));
            if (!open.TryGetValue(transaction, out var written)) open[transaction] = written = [];
            written.Add((BinaryPrimitives.ReadUInt32LittleEndian(page), JournalFrames.Offset(number)));
            if (page[18] == 0) continue;
            foreach (var (id, offset) in written) _newest[id] = offset;
            open.Remove(transaction);
        }
    }

    private IEnumerable<MemoryEntry> ReadPage(uint number)
    {
        var page = new byte[PagedStream.PageSize];
        if (!TryLoad(number, page)) yield break;
        for (var slot = 0; slot <= page[30] && page[30] != byte.MaxValue; slot++)
            if (Block(page, slot) is [0, ..] block && Document(block) is { } entry) yield return entry;
    }

    private bool TryLoad(uint number, byte[] page)
    {
        if (_newest.TryGetValue(number, out var offset)) PagedStream.ReadPage(_journal!, offset, page);
        else PagedStream.ReadPage(_data, number * (long)PagedStream.PageSize, page);
        return BinaryPrimitives.ReadUInt32LittleEndian(page) == number && page[4] == DocumentPage;
    }

    // The slots are at the end of the page: length and position of each block, from the last byte backwards.
    private static byte[]? Block(byte[] page, int slot)
    {
        var at = PagedStream.PageSize - (slot + 1) * 4;
        var length = BinaryPrimitives.ReadUInt16LittleEndian(page.AsSpan(at));
        var position = BinaryPrimitives.ReadUInt16LittleEndian(page.AsSpan(at + 2));
        return position < HeaderSize || length <= BlockHead || position + length > at ? null : page.AsSpan(position, length).ToArray();
    }

    private MemoryEntry? Document(byte[] first)
    {
        using var whole = new MemoryStream();
        var page = new byte[PagedStream.PageSize];
        var block = first;
        for (var count = 0; count < MaxBlocks; count++)
        {
            whole.Write(block.AsSpan(BlockHead));
            var next = BinaryPrimitives.ReadUInt32LittleEndian(block.AsSpan(1));
            if (next == NoPage) return Parse(whole.ToArray());
            if (!TryLoad(next, page) || Block(page, block[5]) is not [1, ..] more) return null;
            block = more;
        }

        return null;
    }

    private static MemoryEntry? Parse(byte[] bytes)
    {
        try
        {
            return EntryDocument.Read(BsonSerializer.Deserialize(bytes));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The page is readable and its content is not what was written: what a parser of other bytes throws cannot be foreseen.
            return null;
        }
    }
}
