using MemoryTriggers.Journal;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Tests.Journal;

public sealed class JournalInspectorTests : IDisposable
{
    private readonly JournalHarness _harness = new();

    private string Folder => Path.Combine(_harness.Root, "a");

    public void Dispose() => _harness.Dispose();

    [Fact]
    public void Inspect_SomeAcknowledged_CountsTheOthers()
    {
        using var journal = _harness.Open();
        JournalHarness.Fill(journal, 0, 5);
        journal.Acknowledge(journal.Read(TriggerPriority.Medium, 2, 64 * 1024));
        journal.Dispose();

        var inspection = JournalInspector.Inspect(Folder);

        Assert.Equal(3, inspection.Pending);
        Assert.False(inspection.IsInUse);
        Assert.Equal(0, inspection.Held);
        Assert.Empty(inspection.Problems);
        Assert.Equal("pending", Assert.Single(inspection.Segments, static segment => segment.Pending > 0).State);
    }

    [Fact]
    public void Inspect_WhileItsOwnerAppends_SeesWhatIsThere()
    {
        using var journal = _harness.Open();
        JournalHarness.Fill(journal, 0, 5);

        var inspection = JournalInspector.Inspect(Folder);
        JournalHarness.Fill(journal, 5, 5);

        Assert.True(inspection.IsInUse);
        Assert.Equal(5, inspection.Pending);
        Assert.Equal(10, JournalInspector.Inspect(Folder).Pending);
        Assert.Empty(JournalInspector.Inspect(Folder).Problems);
    }

    [Fact]
    public void Inspect_DamageBetweenRecords_IsNamedAndTheOthersCount()
    {
        using (var journal = _harness.Open()) JournalHarness.Fill(journal, 0, 5);
        var file = _harness.SegmentFile();
        var bytes = File.ReadAllBytes(file);
        bytes[SegmentHeader.Bytes + 32 + 10] ^= 1;
        File.WriteAllBytes(file, bytes);

        var inspection = JournalInspector.Inspect(Folder);

        Assert.Equal(4, inspection.Pending);
        Assert.Equal((SegmentHeader.Bytes + 32, SegmentHeader.Bytes + 64), Assert.Single(Assert.Single(inspection.Segments).Damage));
        Assert.Contains($"{SegmentHeader.Bytes + 32} to {SegmentHeader.Bytes + 64}", Assert.Single(inspection.Problems), StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(file));
    }

    [Fact]
    public void Inspect_HeadCannotBeRead_IsAProblem()
    {
        using (var journal = _harness.Open()) JournalHarness.Fill(journal, 0, 5);
        var file = _harness.SegmentFile();
        var bytes = File.ReadAllBytes(file);
        bytes.AsSpan(0, SegmentHeader.Bytes).Clear();
        File.WriteAllBytes(file, bytes);

        var inspection = JournalInspector.Inspect(Folder);

        Assert.Equal("unreadable", Assert.Single(inspection.Segments).State);
        Assert.Single(inspection.Problems);
    }

    [Fact]
    public void Find_FolderWithoutJournals_FindsNone()
    {
        using var directory = new TemporaryDirectory();

        Assert.Empty(JournalInspector.Find(directory.Path));
    }

    [Fact]
    public void Inspect_NoSuchFolder_Throws() => Assert.Throws<DirectoryNotFoundException>(() => JournalInspector.Inspect(Path.Combine(_harness.Root, "nowhere")));
}
