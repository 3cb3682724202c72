using System.Text.Json;
using MemoryTriggers.Cli.Tool;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Cli.Output;

/// <summary>What a command writes is there as a whole, also when several commands write the same file at once.</summary>
public sealed class WrittenFileTests : IDisposable
{
    private const int AtOnce = 4;
    private readonly ToolFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Target => Path.Combine(_folder.File("out"), "written");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("generate", "--env", "production")]
    [InlineData("policy", "test")]
    [InlineData("memory", "export")]
    [InlineData("backup")]
    public async Task Command_SeveralAtOnceToOneFile_WriteItAsAWhole(params string[] command)
    {
        await PrepareAsync();
        await File.WriteAllTextAsync(Target, "before", Token);
        string[] arguments = command[0] == "policy" ? ["-o", Target] : ["-o", Target, "--force"];

        var results = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => _folder.RunAsync([.. command, .. arguments, "--timeout", "120"])));

        Assert.All(results, static result => Assert.True(result.ExitCode == 0, result.Error));
        Assert.Equal([Target], Directory.GetFileSystemEntries(Path.GetDirectoryName(Target)!));
        await AssertWholeAsync(command[0]);
    }

    [Fact]
    public async Task Generate_SeveralAtOnceToANewFile_OneWritesItAndNoneReplacesIt()
    {
        await PrepareAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => _folder.RunAsync("generate", "-o", Target)));

        Assert.Single(results, static result => result.ExitCode == 0);
        Assert.Equal([Target], Directory.GetFileSystemEntries(Path.GetDirectoryName(Target)!));
        await AssertWholeAsync("generate");
    }

    private async Task PrepareAsync()
    {
        await _folder.StoreAsync(Any.Entries(300));
        await File.WriteAllTextAsync(Path.Combine(_folder.Data, "policies.yaml"), "rules:\n  r: {conditions: [{type: always}], decision: allow}\n", Token);
        Directory.CreateDirectory(Path.GetDirectoryName(Target)!);
    }

    private async Task AssertWholeAsync(string command)
    {
        switch (command)
        {
            case "generate":
                Assert.True(MemoryConfiguration.ValidateFile(Target).IsValid);
                break;
            case "policy":
                Assert.Equal(1, JsonElement.Parse(await File.ReadAllTextAsync(Target, Token)).GetProperty("summary").GetProperty("matched").GetInt32());
                break;
            case "memory":
                Assert.Equal(300, (await File.ReadAllLinesAsync(Target, Token)).Select(static line => JsonElement.Parse(line).GetProperty("id").GetGuid()).Distinct().Count());
                break;
            default:
                var restored = await _folder.RunAsync("restore", Target, "--force", "-f", "json");
                Assert.Equal(300, restored.Json.GetProperty("restored").GetInt32());
                break;
        }
    }
}
