using MemoryTriggers.Cli.Tool;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Cli.Stores;

/// <summary>How a store on a server is named, and what does not go with it.</summary>
public sealed class ServerStoreTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("backup")]
    [InlineData("restore", "data/memory.db", "--force")]
    [InlineData("recover", "--force")]
    [InlineData("dead-letters", "list")]
    [InlineData("journal", "inspect")]
    [InlineData("doctor")]
    [InlineData("policy", "list")]
    public async Task CommandOfAFolder_ServerNamed_IsWrongUsageAndSaysSo(params string[] command)
    {
        await _folder.StoreAsync(Any.Entry());

        var result = await _folder.RunAsync([.. command, "--store", "postgres"]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--store names PostgreSQL by MEMORY_TRIGGERS_POSTGRES", result.Error, StringComparison.Ordinal);
        Assert.Equal([_folder.Database], Directory.GetFiles(_folder.Data, "*.db"));
    }

    [Theory]
    [InlineData("Host=db;Username=shop;Password=correct-horse")]
    [InlineData("postgres://shop:correct-horse@db/shop")]
    [InlineData("postgres:correct-horse")]
    [InlineData("mem0@https://shop:correct-horse@mem0.example")]
    [InlineData("mem0@mem0.example?key=correct-horse")]
    [InlineData("mem0@mem0.example#correct-horse")]
    [InlineData("mem0@ftp://mem0.example/correct-horse")]
    [InlineData("mem0@mem0.example /correct-horse")]
    [InlineData("correct-horse")]
    [InlineData("mem0-self-hosted")]
    public async Task Store_SecretOrNonsense_IsWrongUsageAndNotRepeated(string given)
    {
        var result = await _folder.RunAsync("memory", "list", "--store", given);

        Assert.Equal(2, result.ExitCode);
        Assert.NotEmpty(result.Error);
        Assert.DoesNotContain("correct-horse", result.Output + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_VariableIsNotSet_SaysWhichOne()
    {
        var result = await _folder.RunAsync("memory", "list", "--store", "postgres:NOBODY_SET_THIS");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("NOBODY_SET_THIS", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_ConfigurationOfALocalStore_SaysToNameTheFolder()
    {
        var file = _folder.File("shop.yaml");
        await File.WriteAllTextAsync(file, "environment: development\nglobal_enabled: true\nbackend:\n  backend_type: local\n", Token);

        var result = await _folder.RunAsync("memory", "list", "--store", file);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--data", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_OfAFolder_StartsWithoutTheDriverOfPostgres()
    {
        await _folder.StoreAsync(Any.Entry("here"));
        var copy = Directory.CreateDirectory(_folder.File("tool")).FullName;
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(ToolFolder.Assembly)!, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(Path.GetDirectoryName(ToolFolder.Assembly)!, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            // What cannot be loaded shows whether somebody tries.
            if (Path.GetFileName(file) is "Npgsql.dll" or "MemoryTriggers.Postgres.dll") await File.WriteAllTextAsync(target, "", Token);
            else File.Copy(file, target);
        }

        var start = _folder.Start("memory", "list", "-f", "json");
        start.ArgumentList[start.ArgumentList.IndexOf(ToolFolder.Assembly)] = Path.Combine(copy, Path.GetFileName(ToolFolder.Assembly));
        var result = await ToolFolder.RunAsync(start);

        Assert.Equal("here", result.Json[0].GetProperty("content").GetString());
        Assert.Equal(0, result.ExitCode);
    }
}
