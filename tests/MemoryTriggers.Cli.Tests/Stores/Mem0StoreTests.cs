using System.Diagnostics;
using MemoryTriggers.Cli.Tool;
using MemoryTriggers.TestKit;
using MemoryTriggers.TestKit.Mem0;

namespace MemoryTriggers.Cli.Stores;

/// <summary>The tool on mem0, as a process; the stub behind it takes only requests that fit the published interface.</summary>
public sealed class Mem0StoreTests : IDisposable
{
    private const string Key = "the-key";
    private readonly ToolFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory(Timeout = 120_000)]
    [InlineData("mem0")]
    [InlineData("mem0-self-hosted")]
    public async Task Memory_AddedAndFound_IsWhatItWouldBeInAFolder(string kind)
    {
        using Mem0Stub stub = kind == "mem0" ? new HostedMem0Stub() : new SelfHostedMem0Stub();
        await using var mem0 = new Mem0OverHttp(stub);
        var store = $"{kind}:SHOP_KEY@{mem0.Address}";

        var added = await RunAsync(store, "memory", "add", "checkout", "--content", "The checkout is slow", "-p", "shop", "-f", "json");
        Assert.Equal((0, ""), (added.ExitCode, added.Error));
        var id = added.Json.GetProperty("id").GetString()!;
        var found = await RunAsync(store, "memory", "search", "checkout", "-f", "json");
        var listed = await RunAsync(store, "memory", "list", "-f", "json");
        var status = await RunAsync(store, "status");
        var stats = await RunAsync(store, "stats", "-f", "json");
        var health = await RunAsync(store, "health");
        var deleted = await RunAsync(store, "memory", "delete", id, "--force", "-f", "json");

        Assert.Equal(id, found.Json[0].GetProperty("memory").GetProperty("id").GetString());
        Assert.Equal(id, listed.Json[0].GetProperty("id").GetString());
        Assert.Contains("mem0 at 127.0.0.1", status.Output, StringComparison.Ordinal);
        Assert.Equal(1, stats.Json.GetProperty("total").GetInt32());
        Assert.Equal(0, health.ExitCode);
        Assert.Equal(1, deleted.Json.GetProperty("deleted").GetInt32());
        Assert.Empty(stub.Memories);
        Assert.Contains(Key, stub.LastKey, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task Errors_ListedResolvedAndShown_AreWhatTheyWouldBeInAFolder()
    {
        using var stub = new HostedMem0Stub();
        await using var mem0 = new Mem0OverHttp(stub);
        var store = $"mem0:SHOP_KEY@{mem0.Address}";
        var file = _folder.File("failure.jsonl");
        await _folder.StoreAsync(Any.Entry("Deploy failed") with { Outcome = TriggerOutcome.Failure, Tags = ["error:00000000000000d1"] });
        await _folder.RunAsync("memory", "export", "-o", file);
        var imported = await RunAsync(store, "memory", "import", file);
        Assert.Equal((0, ""), (imported.ExitCode, imported.Error));

        var list = await RunAsync(store, "errors", "list", "-f", "json");
        var resolved = await RunAsync(store, "errors", "resolve", "00000000000000d1", "Cleaned the disk", "-f", "json");
        var show = await RunAsync(store, "errors", "show", "00000000000000d1", "-f", "json");

        Assert.Equal("Deploy failed", Assert.Single(list.Json.EnumerateArray()).GetProperty("content").GetString());
        Assert.Equal((0, ""), (resolved.ExitCode, resolved.Error));
        Assert.Equal(resolved.Json.GetProperty("id").GetString(), Assert.Single(show.Json.GetProperty("resolutions").EnumerateArray()).GetProperty("id").GetString());
    }

    [Fact(Timeout = 120_000)]
    public async Task Store_ConfigurationFileOfTheProgram_IsTheStoreThatItNames()
    {
        using var stub = new HostedMem0Stub();
        await using var mem0 = new Mem0OverHttp(stub);
        var file = _folder.File("shop.yaml");
        await File.WriteAllTextAsync(file, $"""
            environment: development
            global_enabled: true
            backend:
              backend_type: mem0
              backend_settings:
                api_key_env: SHOP_KEY
                host: {mem0.Address}
                user_id: shop
            """, Token);

        await RunAsync(file, "memory", "add", "checkout", "-f", "json");

        Assert.Equal("shop", Assert.Single(stub.Memories.Values)["user_id"]!.GetValue<string>());
    }

    [Fact(Timeout = 120_000)]
    public async Task List_Mem0Away_FailsAndTellsNoKey()
    {
        string address;
        using (var stub = new HostedMem0Stub())
        {
            await using var gone = new Mem0OverHttp(stub);
            address = gone.Address;
        }

        var result = await RunAsync($"mem0:SHOP_KEY@{address}", "memory", "list", "--format", "json");

        Assert.Equal(1, result.ExitCode);
        Assert.DoesNotContain(Key, result.Output + result.Error, StringComparison.Ordinal);
    }

    private Task<ToolResult> RunAsync(string store, params string[] arguments)
    {
        var start = _folder.Start([.. arguments, "--store", store]);
        Prepare(start);
        return ToolFolder.RunAsync(start);
    }

    private static void Prepare(ProcessStartInfo start) => start.Environment["SHOP_KEY"] = Key;
}
