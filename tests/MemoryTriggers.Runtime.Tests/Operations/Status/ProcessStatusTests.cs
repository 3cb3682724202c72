using System.Text.Json.Nodes;
using MemoryTriggers.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Operations;

/// <summary>The status of a process, for tools that look from outside.</summary>
[Collection(nameof(ProcessWide))]
public sealed class ProcessStatusTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly UnsteadyBackend _first = new("first");
    private readonly UnsteadyBackend _second = new("second");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Folder => _directory.File(Path.Combine("journal", "0"));

    public void Dispose() => _directory.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task Status_OfAChain_HasEachStoreAndFollowsItsCircuit()
    {
        await using (var memory = await StartAsync())
        {
            var before = await WaitAsync(static status => State(status, "first") == "closed");
            Assert.Equal(0, Failures(before, "first"));
            Assert.Null(before["last_flush"]);

            _first.IsAway = true;
            await memory.Memory.CreateAsync(new MemoryDraft { Key = "k", Content = "line" }, Token);

            var after = await WaitAsync(static status => State(status, "first") == "open");
            Assert.Equal(("closed", 1, 0), (State(after, "second"), Failures(after, "first"), Failures(after, "second")));
            Assert.True(Time(after, "first") > Time(before, "first"));
            Assert.Equal(Environment.ProcessId, after["process_id"]!.GetValue<int>());
            Assert.Equal(1, after["reliability"]!["circuit_breaker_trips"]!.GetValue<long>());
        }

        Assert.Null(ProcessStatusFile.Read(Folder));
    }

    [Fact(Timeout = 60_000)]
    public async Task Performance_OfAChain_IsThatOfEachStore()
    {
        await using var memory = await StartAsync();
        _first.IsAway = true;
        await memory.Memory.CreateAsync(new MemoryDraft { Key = "k", Content = "line" }, Token);

        var stores = PerformanceJson.ToNode((await memory.GetHealthAsync(Token)).Metrics!)["backend_performance"]!.AsObject();

        Assert.Equal(["first", "second"], stores.Select(static store => store.Key));
        Assert.True(stores["first"]!["all"]!["failed_calls"]!.GetValue<long>() > 0);
        Assert.Equal(0, stores["second"]!["all"]!["failed_calls"]!.GetValue<long>());
        Assert.True(stores["second"]!["all"]!["successful_calls"]!.GetValue<long>() > 0);
    }

    [Fact]
    public void Status_OfAProcessThatWasKilled_IsReplaced()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "status.json"), """{"process_id":1}""");
        Assert.NotNull(ProcessStatusFile.Read(Folder));

        var file = new ProcessStatusFile(Folder, NullLogger.Instance);

        Assert.Null(ProcessStatusFile.Read(Folder));
        file.Write(new JsonObject { ["process_id"] = 2 });
        Assert.Equal(2, ProcessStatusFile.Read(Folder)!["process_id"]!.GetValue<int>());
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Folder, "status.json")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{ half")]
    [InlineData("[1]")]
    public void Status_ThatCannotBeRead_IsNone(string text)
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "status.json"), text);

        Assert.Null(ProcessStatusFile.Read(Folder));
    }

    [Fact]
    public void Status_FolderIsGone_WarnsOnce()
    {
        using var loggers = new CollectingLoggers(out _);
        var file = new ProcessStatusFile(_directory.File("gone"), loggers);

        file.Write([]);
        file.Write([]);

        Assert.Single(loggers.Warnings);
    }

    private async Task<MemoryTriggerService> StartAsync()
    {
        var options = new BackendChainOptions { StartAttempts = 1 };
        options.CircuitBreaker.FailureThreshold = 1;
        return await MemoryTriggerService.StartAsync(
            settings => settings.DataDirectory = _directory.Path,
            new BackendChain([_first, _second], options, NullLogger.Instance, TimeProvider.System), cancellationToken: Token);
    }

    private async Task<JsonObject> WaitAsync(Func<JsonObject, bool> isWanted)
    {
        while (true)
        {
            if (ProcessStatusFile.Read(Folder) is { } status && isWanted(status)) return status;
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static string State(JsonObject status, string store) => status["circuit_breakers"]![store]!["state"]!.GetValue<string>();

    private static long Failures(JsonObject status, string store) =>
        status["circuit_breakers"]![store]!["consecutive_failures"]!.GetValue<long>();

    private static DateTimeOffset Time(JsonObject status, string store) =>
        status["circuit_breakers"]![store]!["state_since"]!.GetValue<DateTimeOffset>();
}
