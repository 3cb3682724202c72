using System.Diagnostics;
using System.Text.Json;
using MemoryTriggers.Cli.Tool;
using MemoryTriggers.TestKit;
using MemoryTriggers.Tests.Server;

namespace MemoryTriggers.Cli.Stores;

/// <summary>The tool on a store of PostgreSQL, as a process beside the program that keeps it.</summary>
public sealed class PostgresStoreTests(SharedServer server) : IDisposable
{
    private const string Variable = "SHOP_DATABASE";
    private readonly ToolFolder _folder = new();
    private readonly PostgresSchemaUnderTest _schema = server.NewSchema();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = 120_000)]
    public async Task Memory_AddedUpdatedAndDeleted_IsWhatItWouldBeInAFolder()
    {
        await using var store = await _schema.OpenAsync();

        var id = (await RunAsync("memory", "add", "checkout", "--content", "The checkout is slow", "-p", "shop", "-f", "json")).Json.GetProperty("id").GetString()!;
        var updated = await RunAsync("memory", "update", id, "--content", "The checkout is fast again", "-f", "json");
        var found = await RunAsync("memory", "search", "why", "is", "the", "checkout", "fast", "-f", "json");
        var history = await RunAsync("memory", "history", id, "-f", "json");
        var shown = await RunAsync("memory", "get", id);
        var dry = await RunAsync("memory", "delete", id, "--dry-run", "-f", "json");
        var deleted = await RunAsync("memory", "delete", id, "--force", "-f", "json");

        Assert.Equal("The checkout is fast again", updated.Json.GetProperty("content").GetString());
        Assert.Equal(id, found.Json[0].GetProperty("memory").GetProperty("id").GetString());
        Assert.Equal(2, history.Json.GetArrayLength());
        Assert.Contains("The checkout is fast again", shown.Output, StringComparison.Ordinal);
        Assert.Equal((1, 1), (dry.Json.GetProperty("would_delete").GetInt32(), deleted.Json.GetProperty("deleted").GetInt32()));
        Assert.Equal(0, await store.CountAsync(new() { AllProjects = true }, Token));
    }

    [Fact(Timeout = 120_000)]
    public async Task Export_AndImport_CarryMemoriesFromOneStoreToAnother()
    {
        await using var store = await _schema.OpenAsync();
        await store.StoreAsync([Any.Entry("one"), Any.Entry("two")], Token);
        var file = _folder.File("all.jsonl.gz");
        var other = server.NewSchema();
        await using var target = await other.OpenAsync();

        var exported = await RunAsync("memory", "export", "-o", file, "-f", "json");
        var start = Start(other, "memory", "import", file, "-f", "json");
        var imported = await ToolFolder.RunAsync(start);

        Assert.Equal((2, 2), (exported.Json.GetProperty("exported").GetInt32(), imported.Json.GetProperty("imported").GetInt32()));
        Assert.Equal(2, await target.CountAsync(new() { AllProjects = true }, Token));
    }

    [Fact(Timeout = 120_000)]
    public async Task Errors_ListedResolvedAndShown_AreWhatTheyWouldBeInAFolder()
    {
        await using var store = await _schema.OpenAsync();
        await store.StoreAsync([Any.Entry("Deploy failed") with { Outcome = TriggerOutcome.Failure, Tags = ["error:00000000000000d1"] }], Token);

        var list = await RunAsync("errors", "list", "-f", "json");
        var resolved = await RunAsync("errors", "resolve", "00000000000000d1", "Cleaned the disk", "-f", "json");
        var show = await RunAsync("errors", "show", "00000000000000d1", "-f", "json");

        Assert.Equal("Deploy failed", Assert.Single(list.Json.EnumerateArray()).GetProperty("content").GetString());
        Assert.Equal((0, ""), (resolved.ExitCode, resolved.Error));
        Assert.Equal(resolved.Json.GetProperty("id").GetString(), Assert.Single(show.Json.GetProperty("resolutions").EnumerateArray()).GetProperty("id").GetString());
    }

    [Fact(Timeout = 120_000)]
    public async Task Reports_AreThoseOfTheServer()
    {
        await using var store = await _schema.OpenAsync();
        await store.StoreAsync([Any.Entry("one"), Any.Entry("two")], Token);

        var stats = await RunAsync("stats", "-f", "json");
        var status = await RunAsync("status", "-f", "json");
        var health = await RunAsync("health", "-f", "json");
        var listed = await RunAsync("memory", "list", "-f", "yaml");

        Assert.Equal(2, stats.Json.GetProperty("total").GetInt32());
        Assert.Equal(("postgresql", 2), (status.Json.GetProperty("store").GetProperty("kind").GetString(), status.Json.GetProperty("store").GetProperty("memories").GetInt32()));
        Assert.Equal(JsonValueKind.Null, status.Json.GetProperty("data_directory").ValueKind);
        Assert.Equal(0, health.ExitCode);
        Assert.Equal(2, listed.Output.Split('\n').Count(static line => line.StartsWith("- id:", StringComparison.Ordinal)));
    }

    [Fact(Timeout = 120_000)]
    public async Task Status_DataFolderAsWell_ShowsItsJournalsToo()
    {
        await using var store = await _schema.OpenAsync();

        var status = await RunAsync("status", "--data", _folder.Data, "-f", "json");

        Assert.Equal((_folder.Data, "postgresql"), (status.Json.GetProperty("data_directory").GetString(), status.Json.GetProperty("store").GetProperty("kind").GetString()));
    }

    [Fact(Timeout = 120_000)]
    public async Task Tail_AnotherProgramStores_PrintsIt()
    {
        await using var store = await _schema.OpenAsync();
        await store.StoreAsync([Any.Entry("was there")], Token);
        using var tail = Process.Start(Start(_schema, "tail", "--interval", "0.1", "--count", "2", "-f", "json"))!;
        var first = await tail.StandardOutput.ReadLineAsync(Token);

        await store.StoreAsync([Any.Entry("is new")], Token);
        var second = await tail.StandardOutput.ReadLineAsync(Token);
        await tail.WaitForExitAsync(Token);

        Assert.Equal(("was there", "is new"), (Content(first!), Content(second!)));
        Assert.Equal(0, tail.ExitCode);
    }

    [Fact(Timeout = 120_000)]
    public async Task Monitor_PrintsALineForEachLook()
    {
        await using var store = await _schema.OpenAsync();

        var monitor = await RunAsync("monitor", "--count", "2", "--interval", "0.1", "--alerts", "-f", "json");

        Assert.Equal(0, monitor.ExitCode);
        Assert.Equal(2, monitor.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact(Timeout = 120_000)]
    public async Task AnyCommand_NoStoreThere_FailsAndMakesNone()
    {
        var result = await RunAsync("memory", "list");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"There is no store in the schema {_schema.Name}", result.Error, StringComparison.Ordinal);
        Assert.Equal(0L, await _schema.ExecuteAsync($"SELECT count(*) FROM pg_namespace WHERE nspname = '{_schema.Name}'"));
    }

    [Theory(Timeout = 120_000)]
    [InlineData(99, "versions up to")]
    [InlineData(-1, "brings it up to date")]
    public async Task AnyCommand_StoreOfAnotherVersion_FailsAndLeavesIt(int version, string words)
    {
        await (await _schema.OpenAsync()).DisposeAsync();
        await _schema.ExecuteAsync(version > 0 ? $"INSERT INTO schema_version VALUES ({version}, 'later', 0)" : "DELETE FROM schema_version WHERE version > 1");
        var before = await _schema.ExecuteAsync("SELECT max(version) FROM schema_version");

        var result = await RunAsync("memory", "list");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
        Assert.Equal(before, await _schema.ExecuteAsync("SELECT max(version) FROM schema_version"));
    }

    [Fact(Timeout = 120_000)]
    public async Task Health_ServerAway_Ends3AndTellsNoPassword()
    {
        var start = _folder.Start("health", "--store", $"postgres:{Variable}", "-f", "json");
        start.Environment[Variable] = $"Host={_folder.Data};Username=shop;Password=correct-horse;Database=shop";

        var result = await ToolFolder.RunAsync(start);

        Assert.Equal(3, result.ExitCode);
        Assert.DoesNotContain("correct-horse", result.Output + result.Error, StringComparison.Ordinal);
    }

    private static string? Content(string line) => JsonElement.Parse(line).GetProperty("content").GetString();

    private Task<ToolResult> RunAsync(params string[] arguments) => ToolFolder.RunAsync(Start(_schema, arguments));

    private ProcessStartInfo Start(PostgresSchemaUnderTest schema, params string[] arguments)
    {
        var start = _folder.Start([.. arguments, "--store", $"postgres:{Variable}/{schema.Name}"]);
        start.Environment[Variable] = schema.ConnectionString;
        return start;
    }
}
