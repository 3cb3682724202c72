using MemoryTriggers.TestKit;

namespace MemoryTriggers.EndToEnd;

/// <summary>The main job: a decorated method becomes a memory that can be recalled.</summary>
public sealed class MainJobTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly CollectingLoggers _logs;
    private readonly CollectingLoggers _loggers = new(out _);

    public MainJobTests() => _logs = _loggers;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Failure_OfADecoratedMethod_IsFoundByAQuestion()
    {
        await using var memory = await StartAsync();
        var shop = new Shop();

        await Assert.ThrowsAsync<InvalidOperationException>(() => shop.PushAsync("main", Shop.Canary, Shop.Canary));
        Assert.Equal(7, await shop.PushAsync("feature", Shop.Canary, Shop.Canary));
        Assert.True(await memory.FlushAsync(cancellationToken: Token));

        var best = (await memory.Recall.SearchAsync("why did the push to ISS-0124 fail?", cancellationToken: Token))[0].Entry;
        Assert.Equal(TriggerOutcome.Failure, best.Outcome);
        Assert.Equal(TriggerPriority.Critical, best.Priority);
        Assert.Equal("MemoryTriggers.EndToEnd.Shop.PushAsync", best.Key);
        Assert.Equal(("workflow", "push"), (best.EntityType, best.EntityId));
        Assert.Contains("release", best.Tags);
        Assert.Contains("failure", best.Tags);
        Assert.StartsWith("Workflow 'PushAsync' completed failed (type: push). Error: InvalidOperationException: main is protected", best.Content, StringComparison.Ordinal);
        Assert.Contains("Shop.cs:line", best.Value.GetProperty("exception")[0].GetProperty("stackTrace").GetString(), StringComparison.Ordinal);
        Assert.Equal("main", best.Value.GetProperty("arguments").GetProperty("branch").GetString());
        Assert.True(best.Duration > TimeSpan.Zero);
    }

    [Fact]
    public async Task Nested_TriggersKnowTheirParent()
    {
        await using var memory = await StartAsync();

        await new Shop().PushAsync("feature", "k", "p");
        await memory.FlushAsync(cancellationToken: Token);

        var push = await memory.Recall.GetByKeyAsync("MemoryTriggers.EndToEnd.Shop.PushAsync", cancellationToken: Token);
        var count = await memory.Recall.GetByKeyAsync("MemoryTriggers.EndToEnd.Shop.CountAsync", cancellationToken: Token);
        Assert.Equal(push!.Id, count!.ParentId);
        Assert.Equal(push.TraceId, count.TraceId);
        Assert.Equal("shop", count.Project);
        Assert.Equal("Counted 7 commits of feature", count.Content);
    }

    [Fact]
    public async Task Secrets_AreNowhereInTheDataFolderNorInTheLogs()
    {
        await using (var memory = await StartAsync())
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => new Shop().PushAsync("main", Shop.Canary, Shop.Canary));
            new Shop().Oversized("x", new Receipt("note", Shop.Canary) { Related = new Receipt("inner", Shop.Canary) });
            await using (var scope = TriggerScope.Workflow("scoped")) scope.AddMetadata("apiKey", Shop.Canary).SetResult(new Receipt("r", Shop.Canary));
            await memory.FlushAsync(cancellationToken: Token);
            await memory.SyncAsync(Token);

            foreach (var file in Directory.EnumerateFiles(_directory.Path, "*", SearchOption.AllDirectories).Where(static file => Path.GetFileName(file) is not ("lock" or "memory.db.write-lock" or "memory.db.open-lock")))
            {
                await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
                Assert.DoesNotContain(Shop.Canary, await reader.ReadToEndAsync(Token), StringComparison.Ordinal);
            }
        }

        Assert.DoesNotContain(_logs.Lines, static line => line.Contains(Shop.Canary, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Settings_OfTheAttribute_AreFollowed()
    {
        await using var memory = await StartAsync();
        var shop = new Shop();

        shop.Choose();
        shop.OnlyFailures(fail: false);
        Assert.Throws<NotSupportedException>(() => shop.OnlyFailures(fail: true));
        await memory.FlushAsync(cancellationToken: Token);

        var entries = await memory.Recall.ListAsync(new() { AllProjects = true }, Token);
        var chosen = entries.Single(static entry => entry.Key == "MemoryTriggers.EndToEnd.Shop.Choose");
        Assert.Equal(TriggerType.DecisionPoint, chosen.TriggerType);
        Assert.Equal("cli", chosen.Source);
        Assert.False(chosen.Value.TryGetProperty("result", out _));
        Assert.Equal(TriggerOutcome.Failure, entries.Single(static entry => entry.Key == "MemoryTriggers.EndToEnd.Shop.OnlyFailures").Outcome);
    }

    [Fact]
    public async Task Arguments_OversizedAndCyclic_LeaveTheMethodUnharmedAndAMarkerBehind()
    {
        await using var memory = await StartAsync();
        var receipt = new Receipt("n", "c");
        receipt.Related = receipt;

        var result = new Shop().Oversized(new string('x', 10_000_000), receipt);
        await memory.FlushAsync(cancellationToken: Token);

        Assert.Equal("10000000", result.Note);
        var value = (await memory.Recall.GetByKeyAsync("MemoryTriggers.EndToEnd.Shop.Oversized", new() { AllProjects = true }, Token))!.Value.GetProperty("arguments");
        Assert.EndsWith("[10000000 characters]", value.GetProperty("huge").GetString(), StringComparison.Ordinal);
        Assert.Equal("[cycle]", value.GetProperty("receipt").GetProperty("Related").GetString());
        Assert.Equal("[sensitive]", value.GetProperty("receipt").GetProperty("Card").GetString());
    }

    [Fact]
    public async Task Books_AfterAMixedLoad_Balance()
    {
        await using var memory = await StartAsync();
        var shop = new Shop();

        await Parallel.ForEachAsync(Enumerable.Range(0, 500), Token, async (number, _) =>
        {
            try
            {
                await shop.PushAsync(number % 5 == 0 ? "main" : "feature", "k", "p");
            }
            catch (InvalidOperationException)
            {
            }
        });
        Assert.True(await memory.FlushAsync(cancellationToken: Token));

        var health = await memory.GetHealthAsync(Token);
        Assert.Equal(1_000, health.Accepted);
        Assert.Equal((1_000, 0, 0), (health.Stored, health.DeadLettered, health.Pending));
        Assert.Equal(100, await memory.Recall.CountAsync(new() { Project = "shop", Outcome = TriggerOutcome.Failure }, Token));
        Assert.True(health.IsHealthy, string.Join("; ", health.Problems));
    }

    [Fact]
    public async Task Triggers_OnAClassAndOnCallsAndInExtensionBlocks_CaptureWhatTheyName()
    {
        await using var memory = await StartAsync();
        var warehouse = new Warehouse();

        Assert.Equal("[a]", warehouse.Pack("a") is var packed ? packed : "");
        Assert.Equal("[a]", warehouse.Peek("a"));
        Assert.True(warehouse.Find("abc"));
        Assert.Equal("a-3", "a".Route(3));
        Assert.True("!a".IsUrgent);
        Assert.Equal("order4", string.Make(4));
        Assert.Equal(7, new[] { 7 }.First("other"));
        await memory.FlushAsync(cancellationToken: Token);

        var entries = await memory.Recall.ListAsync(new() { AllProjects = true }, Token);
        Assert.Equal(
            ["MemoryTriggers.EndToEnd.Warehouse.Find", "MemoryTriggers.EndToEnd.Warehouse.Pack", "System.Text.RegularExpressions.Regex.IsMatch"],
            entries.Select(static entry => entry.Key)
                .Where(static key => key.Contains(".Warehouse.", StringComparison.Ordinal) || key.Contains(".Regex.", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal));
        Assert.Equal(6, entries.Count(static entry => entry.Project == "warehouse" && entry.TriggerType is not TriggerType.PatternDetection));
        var route = entries.Single(static entry => entry.TriggerType == TriggerType.DecisionPoint);
        Assert.Equal("a", route.Value.GetProperty("arguments").GetProperty("order").GetString());
        Assert.Equal(3, route.Value.GetProperty("arguments").GetProperty("shelf").GetInt32());
        var call = entries.Single(static entry => entry.TriggerType == TriggerType.PatternDetection);
        Assert.Equal(entries.Single(static entry => entry.TriggerType == TriggerType.AgentOperation).Id, call.ParentId);
    }

    private Task<MemoryTriggerService> StartAsync() => MemoryTriggerService.StartAsync(
        options =>
        {
            options.DataDirectory = _directory.Path;
            options.Project = "shop";
            options.Delivery.BatchAge = TimeSpan.FromMilliseconds(1);
        },
        loggers: _loggers,
        cancellationToken: Token);
}
