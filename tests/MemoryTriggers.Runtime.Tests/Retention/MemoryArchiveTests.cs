using System.IO.Compression;
using MemoryTriggers.Retention;
using MemoryTriggers.TestKit;
using MemoryTriggers.Tests.Journal;

namespace MemoryTriggers.Runtime.Tests.Memories;

/// <summary>What is archived is deleted from the store next: it must be on disk, or not be taken for archived.</summary>
public sealed class MemoryArchiveTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly FaultyFile _file = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Add_Memories_ForcesThemToDiskAndTheNameOnce()
    {
        var archive = Archive();

        archive.Add([Any.Entry()]);
        archive.Add([Any.Entry()]);

        Assert.Equal(2, _file.Syncs);
        Assert.Equal([_folder.File("archive")], _file.SyncedDirectories);
    }

    [Fact]
    public void Add_DiskRefuses_IsNotTakenForArchivedAndLeavesWhatWasThere()
    {
        Archive().Add([Any.Entry("kept")]);
        _file.FailNextSyncs(1);

        Assert.Throws<IOException>(() => Archive().Add([Any.Entry("refused")]));

        using var lines = new StreamReader(new GZipStream(File.OpenRead(Assert.Single(Directory.GetFiles(_folder.File("archive")))), CompressionMode.Decompress));
        Assert.Contains("kept", Assert.Single(lines.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private MemoryArchive Archive() => new(_folder.File("archive"), _file);
}
