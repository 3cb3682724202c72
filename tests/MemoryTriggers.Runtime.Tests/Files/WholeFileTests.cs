using MemoryTriggers.Files;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Tests.Journal;

/// <summary>A file that any process may write is there as a whole, or not at all.</summary>
public sealed class WholeFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string Target => _directory.File("out.yaml");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Write_InTheMiddleOfAnother_TheLastOneCountsAndBothAreWhole()
    {
        var seen = "";
        WholeFile.Write(Target, outer =>
        {
            File.WriteAllText(outer, new string('o', 10));
            WholeFile.Write(Target, static inner => File.WriteAllText(inner, new string('i', 20)));
            seen = File.ReadAllText(Target);
            File.AppendAllText(outer, new string('o', 10));
        });

        Assert.Equal((new string('i', 20), new string('o', 20)), (seen, File.ReadAllText(Target)));
        Assert.Equal([Target], Directory.GetFiles(_directory.Path));
    }

    [Fact]
    public void Write_ThatFails_LeavesWhatWasThereAndNothingBesides()
    {
        File.WriteAllText(Target, "before");

        Assert.Throws<InvalidDataException>(() => WholeFile.Write(Target, static path =>
        {
            File.WriteAllText(path, "half");
            throw new InvalidDataException();
        }));

        Assert.Equal("before", File.ReadAllText(Target));
        Assert.Equal([Target], Directory.GetFiles(_directory.Path));
    }

    [Fact]
    public async Task Write_OfAFileThatAnotherHasMadeMeanwhile_ReplacesItOnlyWhereItMay()
    {
        await Assert.ThrowsAsync<IOException>(() => WriteAsync(replaces: false));
        Assert.Equal("other", await File.ReadAllTextAsync(Target, TestContext.Current.CancellationToken));

        Assert.Equal(4, await WriteAsync(replaces: true));
        Assert.Equal("mine", await File.ReadAllTextAsync(Target, TestContext.Current.CancellationToken));
        Assert.Equal([Target], Directory.GetFiles(_directory.Path));
    }

    [Fact]
    public void Write_OfAPrivateFile_KeepsItPrivateFromTheBeginning()
    {
        if (OperatingSystem.IsWindows()) return;
        const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.WriteAllText(Target, "before");
        File.SetUnixFileMode(Target, Private);

        var meanwhile = UnixFileMode.None;
        WholeFile.Write(Target, path => meanwhile = new FileInfo(path).UnixFileMode);

        Assert.Equal((Private, Private), (meanwhile, File.GetUnixFileMode(Target)));
    }

    [Fact]
    public void Copy_ToANameThatIsThere_IsRefused()
    {
        File.WriteAllText(Target, "content");
        WholeFile.Copy(Target, _directory.File("kept"));

        Assert.Equal("content", File.ReadAllText(_directory.File("kept")));
        Assert.Throws<IOException>(() => WholeFile.Copy(Target, _directory.File("kept")));
    }

    [Fact]
    public void Written_WhileAFileIsWritten_IsItsSize()
    {
        File.WriteAllText(_directory.File("out.yaml2.1-2.partial"), "of another file");
        var written = new List<long> { WholeFile.Written(Target) };

        WholeFile.Write(Target, path =>
        {
            File.WriteAllText(path, "1234567");
            written.Add(WholeFile.Written(Target));
        });

        Assert.Equal([0, 7], written);
    }

    private Task<int> WriteAsync(bool replaces) => WholeFile.WriteAsync(Target, async path =>
    {
        await File.WriteAllTextAsync(path, "mine", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Target, "other", TestContext.Current.CancellationToken);
        return 4;
    }, replaces);
}
