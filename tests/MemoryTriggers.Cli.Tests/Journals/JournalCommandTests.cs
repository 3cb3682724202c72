using MemoryTriggers.Cli.Tool;

namespace MemoryTriggers.Cli.Journals;

[Collection(nameof(ProcessWide))]
public sealed class JournalCommandTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Journal => Path.Combine(_folder.Data, "journal", "0");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Inspect_ProgramAtWork_ShowsWhatWaitsAndThatItIsInUse()
    {
        await using var program = await FolderOfAProgram.StartWithoutStoreAsync(_folder.Data, records: 3);

        var inspect = await _folder.RunAsync("journal", "inspect", "--records", "-f", "json");
        var verify = await _folder.RunAsync("journal", "verify", "-f", "json");

        var journal = Assert.Single(inspect.Json.EnumerateArray());
        Assert.True(journal.GetProperty("in_use").GetBoolean());
        Assert.Equal(3, journal.GetProperty("pending").GetInt64());
        Assert.Equal(["step 0", "step 1", "step 2"], journal.GetProperty("records").EnumerateArray().Select(static record => record.GetProperty("key").GetString()));
        Assert.Equal(0, verify.ExitCode);
    }

    [Fact]
    public async Task InspectAndVerify_ProgramEnded_ChangeNoByte()
    {
        await (await FolderOfAProgram.StartWithoutStoreAsync(_folder.Data, records: 3)).DisposeAsync();
        var before = Bytes();

        var inspect = await _folder.RunAsync("journal", "inspect", "-f", "json");
        var verify = await _folder.RunAsync("journal", "verify");

        Assert.False(inspect.Json[0].GetProperty("in_use").GetBoolean());
        Assert.Equal(3, inspect.Json[0].GetProperty("pending").GetInt64());
        Assert.Equal(0, verify.ExitCode);
        Assert.Equal(before, Bytes());
    }

    [Fact]
    public async Task Verify_DamagedRecord_EndsWithThreeAndNamesThePlace()
    {
        await (await FolderOfAProgram.StartWithoutStoreAsync(_folder.Data, records: 3)).DisposeAsync();
        var segment = Directory.GetFiles(Journal, "*.segment").Single();
        var bytes = await File.ReadAllBytesAsync(segment, Token);
        bytes[4096 + 40] ^= 0xFF;
        await File.WriteAllBytesAsync(segment, bytes, Token);

        var verify = await _folder.RunAsync("journal", "verify", "-f", "json");
        var health = await _folder.RunAsync("health", "-f", "json");

        Assert.Equal(3, verify.ExitCode);
        var journal = verify.Json.GetProperty("journals")[0];
        Assert.Equal(2, journal.GetProperty("pending").GetInt64());
        Assert.Contains(Path.GetFileName(segment), journal.GetProperty("problems")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(3, health.ExitCode);
    }

    [Fact]
    public async Task Inspect_NoSuchJournal_Fails()
    {
        var inspect = await _folder.RunAsync("journal", "inspect", "7");

        Assert.Equal(1, inspect.ExitCode);
    }

    private Dictionary<string, string> Bytes() =>
        Directory.GetFiles(Journal, "*", SearchOption.AllDirectories).ToDictionary(static file => file, static file => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file))));
}
