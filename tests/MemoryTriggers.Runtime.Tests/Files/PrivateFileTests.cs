using MemoryTriggers.Sqlite;
using MemoryTriggers.TestKit;
using Microsoft.Data.Sqlite;

namespace MemoryTriggers.Files;

/// <summary>Files are for their user alone, and links do not lead to files elsewhere.</summary>
public sealed class PrivateFileTests : IDisposable
{
    private const UnixFileMode Shared = PrivateFile.Access | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(FileMode.Create)]
    [InlineData(FileMode.CreateNew)]
    [InlineData(FileMode.OpenOrCreate)]
    [InlineData(FileMode.Append)]
    public void Open_NewFile_IsPrivate(FileMode mode)
    {
        if (OperatingSystem.IsWindows()) return;
        var path = _directory.File("new");

        PrivateFile.Open(path, mode, FileAccess.Write).Dispose();

        Assert.Equal(PrivateFile.Access, File.GetUnixFileMode(path));
    }

    [Theory]
    [InlineData(FileMode.Open, false)]
    [InlineData(FileMode.OpenOrCreate, false)]
    [InlineData(FileMode.Append, false)]
    [InlineData(FileMode.Create, true)]
    public void Open_FileThatIsThere_KeepsItsRightsUnlessItIsMadeAgain(FileMode mode, bool isPrivate)
    {
        if (OperatingSystem.IsWindows()) return;
        var path = Outside("there", Shared);

        PrivateFile.Open(path, mode, FileAccess.Write).Dispose();

        Assert.Equal(isPrivate ? PrivateFile.Access : Shared, File.GetUnixFileMode(path));
    }

    [Fact]
    public void CreateDirectory_SeveralAtOnce_AreAllPrivate()
    {
        if (OperatingSystem.IsWindows()) return;

        PrivateFile.CreateDirectory(_directory.File("a/b/c"));

        foreach (var name in (string[])["a", "a/b", "a/b/c"])
            Assert.Equal(PrivateFile.FolderAccess, File.GetUnixFileMode(_directory.File(name)));
    }

    [Theory]
    [InlineData(FileMode.Create)]
    [InlineData(FileMode.OpenOrCreate)]
    [InlineData(FileMode.Append)]
    [InlineData(FileMode.Open)]
    public void Open_LinkToAFileElsewhere_IsRefusedAndTheFileIsAsItWas(FileMode mode)
    {
        var (link, target) = Link();

        var refused = Assert.Throws<IOException>(() => PrivateFile.Open(link, mode, FileAccess.Write));

        Assert.Contains(target, refused.Message, StringComparison.Ordinal);
        Assert.Equal("theirs", File.ReadAllText(target));
    }

    [Fact]
    public void Open_LinkToNothingElsewhere_MakesNothing()
    {
        var (link, target) = Link();
        File.Delete(target);

        Assert.Throws<IOException>(() => PrivateFile.Open(link, FileMode.OpenOrCreate, FileAccess.Write));

        Assert.False(File.Exists(target));
    }

    [Fact]
    public void Open_LinkWithinTheFolder_IsFollowed()
    {
        var target = Outside("target", PrivateFile.Access);
        File.CreateSymbolicLink(_directory.File("link"), "target");

        using (var file = PrivateFile.Open(_directory.File("link"), FileMode.Append, FileAccess.Write)) file.WriteByte((byte)'!');

        Assert.Equal("theirs!", File.ReadAllText(target));
    }

    [Fact]
    public void Open_InAFolderThatIsALink_IsFollowed()
    {
        PrivateFile.CreateDirectory(_directory.File("real"));
        Directory.CreateSymbolicLink(_directory.File("data"), _directory.File("real"));
        File.WriteAllText(_directory.File("real/target"), "");
        File.CreateSymbolicLink(_directory.File("real/link"), _directory.File("real/target"));

        PrivateFile.Open(_directory.File("data/new"), FileMode.CreateNew, FileAccess.Write).Dispose();
        PrivateFile.Open(_directory.File("data/link"), FileMode.Open, FileAccess.Write).Dispose();

        Assert.True(File.Exists(_directory.File("real/new")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-wal")]
    [InlineData("-shm")]
    [InlineData("-journal")]
    public void Database_LinkToAFileElsewhere_CannotBeOpenedAndTheFileIsAsItWas(string part)
    {
        var (link, target) = Link("data.db" + part);

        var refused = Assert.Throws<SqliteException>(() =>
            SqliteSession.Open(link[..^part.Length], SqliteOpenMode.ReadWriteCreate, cacheKilobytes: 100));

        Assert.Equal(SQLitePCL.raw.SQLITE_CANTOPEN, refused.SqliteErrorCode);
        Assert.Equal("theirs", File.ReadAllText(target));
    }

    [Fact]
    public void Database_WithItsLog_IsPrivate()
    {
        if (OperatingSystem.IsWindows()) return;
        var path = _directory.File("data.db");

        using var session = SqliteSession.Open(path, SqliteOpenMode.ReadWriteCreate, cacheKilobytes: 100);
        session.Execute("PRAGMA journal_mode=WAL");
        session.Execute("CREATE TABLE t (x)");

        foreach (var part in (string[])["", "-wal", "-shm"]) Assert.Equal(PrivateFile.Access, File.GetUnixFileMode(path + part));
    }

    [Fact]
    public void Replace_OfALink_ReplacesTheLinkAndNotTheFileElsewhere()
    {
        var (link, target) = Link();

        DurableFile.Replace(link, "ours"u8, SystemDisk.Instance);

        Assert.Equal(("theirs", "ours"), (File.ReadAllText(target), File.ReadAllText(link)));
    }

    private (string Link, string Target) Link(string name = "ours/link")
    {
        var target = Outside("theirs.txt", PrivateFile.Access);
        var link = _directory.File(Path.Combine("ours", Path.GetFileName(name)));
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        File.CreateSymbolicLink(link, target);
        return (link, target);
    }

    private string Outside(string name, UnixFileMode rights)
    {
        var path = _directory.File(name);
        File.WriteAllText(path, "theirs");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, rights);
        return path;
    }
}
