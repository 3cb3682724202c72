using MemoryTriggers.Capture;

namespace MemoryTriggers.Hosting;

/// <summary>Several services in one process: each has what is captured in its own flows, and nothing of the others.</summary>
[Collection(nameof(ProcessWide))]
public sealed class TwoServicesTests
{
    private const int Parallel = 6;
    private static readonly TriggerDescriptor Sync = Describe("sync");
    private static readonly TriggerDescriptor Async = Describe("async");
    private static readonly TriggerDescriptor Failed = Describe("failed");
    private static readonly TriggerDescriptor Sequence = Describe("sequence");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SixParallelTests_WithAServiceEach_HaveTheirOwnRecords()
    {
        using var together = new Barrier(Parallel);

        var found = await Task.WhenAll(Enumerable.Range(1, Parallel).Select(i => Task.Factory.StartNew(
            () => TestAsync(i, together), Token, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));

        for (var i = 1; i <= Parallel; i++)
            Assert.Equal(Enumerable.Repeat($"scope {i}", i).Concat(Enumerable.Repeat("sync", i)), found[i - 1]);

        static async Task<string[]> TestAsync(int count, Barrier together)
        {
            await using var harness = new ServiceHarness();
            await using var service = await harness.StartServiceAsync();
            await Task.Factory.StartNew(together.SignalAndWait, Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            for (var i = 0; i < count; i++)
            {
                TriggerHub.End(TriggerHub.Begin(Sync)!);
                await using (TriggerScope.Workflow($"scope {count}")) await Task.Yield();
            }

            Assert.True(await service.FlushAsync(cancellationToken: Token));
            return harness.StoredKeys();
        }
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    [InlineData(5, 4)]
    public async Task RandomInterleavings_OfAllWaysToCapture_AreCountedByTheirServiceExactly(int services, int seed)
    {
        var random = new Random(seed);
        var harnesses = await Task.WhenAll(Enumerable.Range(0, services).Select(_ => ServiceHarness.StartAsync()));
        try
        {
            var expected = Enumerable.Range(0, services).Select(static _ => new List<string>()).ToArray();
            var running = new List<Task>();
            for (var step = 0; step < 200; step++)
            {
                var (owner, way) = (random.Next(services), random.Next(Ways.Length));
                using (harnesses[owner].Service.BeginFlow())
                {
                    var work = Ways[way](harnesses[owner].Service);
                    if (random.Next(2) == 0) await work;
                    else running.Add(work);
                }

                expected[owner].Add(Keys[way]);
            }

            await Task.WhenAll(running);

            for (var i = 0; i < services; i++) Assert.Equal(expected[i].Order(StringComparer.Ordinal), await harnesses[i].KeysAsync());
        }
        finally
        {
            foreach (var harness in harnesses) await harness.DisposeAsync();
        }
    }

    [Fact]
    public async Task ErrorText_IsKeptAsTheServiceOfTheFlowSays()
    {
        await using var silent = await ServiceHarness.StartAsync(static options => options.KeepsErrorText = false);
        await using var other = await ServiceHarness.StartAsync();

        foreach (var harness in (ServiceHarness[])[silent, other])
        {
            using (harness.Service.BeginFlow())
            {
                var record = TriggerHub.Begin(Failed)!;
                TriggerHub.Fail(record, new InvalidOperationException("typed by a person"));
                TriggerHub.End(record);
            }

            await harness.KeysAsync();
        }

        Assert.DoesNotContain("typed by a person", Assert.Single(silent.Stored).Content, StringComparison.Ordinal);
        Assert.Contains("typed by a person", Assert.Single(other.Stored).Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ObjectsOfAService_InTheFlowOfAnother_WorkForTheirOwn()
    {
        await using var first = await ServiceHarness.StartAsync();
        await using var second = await ServiceHarness.StartAsync();

        using (second.Service.BeginFlow())
        {
            Assert.True(await first.Service.Collector.CollectAsync("knowledge", "learned", key: "collected", cancellationToken: Token));
            Assert.True(await first.Service.Hooks.PublishAsync(new() { Type = HookType.DecisionPoint, Operation = "hooked" }, Token));
        }

        Assert.Equal(["collected", "hooked"], await first.KeysAsync());
        Assert.Empty(await second.KeysAsync());
    }

    [Fact]
    public async Task Capture_InNoFlowOfAService_GoesToTheOneThatStartedLast()
    {
        await using var first = await ServiceHarness.StartAsync();
        await using (var second = await ServiceHarness.StartAsync())
        {
            TriggerHub.End(TriggerHub.Begin(Sync)!);
            Assert.Equal(["sync"], await second.KeysAsync());
        }

        TriggerHub.End(TriggerHub.Begin(Async)!);

        Assert.Equal(["async"], await first.KeysAsync());
    }

    [Fact]
    public async Task Capture_InTheFlowOfAStoppedService_IsLateAndReachesNoOther()
    {
        await using var stopped = await ServiceHarness.StartAsync();
        await using var other = await ServiceHarness.StartAsync();
        using (stopped.Service.BeginFlow())
        {
            var begun = TriggerHub.Begin(Sync)!;
            await StopAsync(stopped.Service);
            TriggerHub.End(begun);
            await using (TriggerScope.Workflow("after the stop")) await Task.Yield();
            Assert.False(await stopped.Service.Hooks.PublishAsync(new() { Type = HookType.DecisionPoint }, Token));
        }

        Assert.Empty(await other.KeysAsync());
        Assert.Empty(stopped.StoredKeys());
        Assert.Single(stopped.Warnings, static line => line.Contains("after it", StringComparison.Ordinal));

        static async Task StopAsync(MemoryTriggerService service) => await service.StopAsync(Token);
    }

    [Fact]
    public async Task Start_InTheCallersFlow_LastsUntilTheStop()
    {
        await using var outer = await ServiceHarness.StartAsync();
        await using var inner = new ServiceHarness();
        using var flow = outer.Service.BeginFlow();
        await using (var service = await inner.StartServiceAsync()) TriggerHub.End(TriggerHub.Begin(Sync)!);

        TriggerHub.End(TriggerHub.Begin(Async)!);

        Assert.Equal(["sync"], inner.StoredKeys());
        Assert.Equal(["async"], await outer.KeysAsync());
    }

    [Fact]
    public async Task Stop_InTheOrderOfTheStart_LeavesNoFlowOfAStoppedService()
    {
        await using var process = await ServiceHarness.StartAsync();
        await using var first = new ServiceHarness();
        await using var second = new ServiceHarness();
        var (a, b) = (await first.StartServiceAsync(), await second.StartServiceAsync());
        await a.StopAsync(Token);
        await b.StopAsync(Token);

        TriggerHub.End(TriggerHub.Begin(Sync)!);

        Assert.Equal(["sync"], await process.KeysAsync());
    }

    [Fact]
    public async Task Start_ThatFails_LeavesTheFlowToTheProcess()
    {
        await using var process = await ServiceHarness.StartAsync();
        await using var failing = new ServiceHarness();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => MemoryTriggerService.StartAsync(cancellationToken: new CancellationToken(true)));

        TriggerHub.End(TriggerHub.Begin(Sync)!);

        Assert.Equal(["sync"], await process.KeysAsync());
    }

    [Fact]
    public async Task Trigger_ThatOneServiceDoesNotWant_IsCapturedForTheOtherAndIsNoParent()
    {
        await using var picky = await ServiceHarness.StartAsync(static options => options.Types[TriggerType.WorkflowCompletion] = new() { Enabled = false });
        await using var other = await ServiceHarness.StartAsync();

        foreach (var harness in new[] { picky, other })
        {
            using var flow = harness.Service.BeginFlow();
            await using var scope = TriggerScope.Workflow("outer");
            var record = TriggerHub.Begin(Sync);
            await using (TriggerScope.Agent("inner")) await Task.Yield();
            if (record is not null) TriggerHub.End(record);
            Assert.Equal(harness == other, record is not null);
            Assert.Equal(harness == other, await harness.Service.Hooks.PublishAsync(new() { Type = HookType.WorkflowComplete, Operation = "hooked" }, Token));
        }

        Assert.Equal(["inner"], await picky.KeysAsync());
        Assert.Equal(["hooked", "inner", "outer", "sync"], await other.KeysAsync());
        Assert.Null(Assert.Single(await picky.Service.Recall.ListAsync(cancellationToken: Token)).ParentId);
    }

    [Fact]
    public async Task Error_KnownToOneService_IsNewToTheOther()
    {
        await using var knowing = await ServiceHarness.StartAsync(static options => options.AutoRecall.Enabled = true);
        await using var other = await ServiceHarness.StartAsync(static options => options.AutoRecall.Enabled = true);
        using (knowing.Service.BeginFlow())
        {
            using (var scope = TriggerScope.Workflow("first time")) scope.Fail(Error());
        }

        Assert.Single(await knowing.KeysAsync());

        Assert.NotNull(Recalled(knowing));
        Assert.Null(Recalled(other));

        static RecalledError? Recalled(ServiceHarness harness)
        {
            using var flow = harness.Service.BeginFlow();
            using var scope = TriggerScope.Workflow("again");
            return scope.Fail(Error()).Recalled;
        }

        static InvalidOperationException Error() => new("The database is gone");
    }

    [Fact]
    public async Task Flow_BegunInsideAnother_KeepsContextAndParent()
    {
        await using var harness = await ServiceHarness.StartAsync();
        await using var other = await ServiceHarness.StartAsync();
        using (harness.Service.BeginFlow())
        using (MemoryContext.Begin(new() { Project = "tenant", SessionId = "s-1" }))
        {
            using (other.Service.BeginFlow())
            {
                TriggerHub.End(TriggerHub.Begin(Sync)!);
                Assert.Equal("s-1", MemoryContext.Current?.SessionId);
            }

            TriggerHub.End(TriggerHub.Begin(Async)!);
        }

        await other.KeysAsync();
        await harness.KeysAsync();
        var query = new MemoryQuery { AllProjects = true };
        var (theirs, ours) = (Assert.Single(await other.Service.Recall.ListAsync(query, Token)), Assert.Single(await harness.Service.Recall.ListAsync(query, Token)));
        Assert.Equal(("sync", "tenant", "s-1"), (theirs.Key, theirs.Project, theirs.Provenance.SessionId));
        Assert.Equal(("async", "tenant", "s-1"), (ours.Key, ours.Project, ours.Provenance.SessionId));
    }

    private static readonly string[] Keys = ["sync", "failed", "async", "scope", "handled", "thrown", "sequence", "hooked", "collected"];

    private static readonly Func<MemoryTriggerService, Task>[] Ways =
    [
        static _ =>
        {
            TriggerHub.End(TriggerHub.Begin(Sync)!);
            return Task.CompletedTask;
        },
        static _ =>
        {
            var record = TriggerHub.Begin(Failed)!;
            TriggerHub.Fail(record, new InvalidOperationException("failed"));
            TriggerHub.End(record);
            return Task.CompletedTask;
        },
        static _ =>
        {
            var record = TriggerHub.BeginFlow(Async)!;
            var body = YieldAsync();
            TriggerHub.Suspend(record);
            return ReturnCapture.Observe(body, record);
        },
        static async _ =>
        {
            await using (TriggerScope.Workflow("scope")) await YieldAsync();
        },
        static async _ =>
        {
            await using var scope = TriggerScope.Agent("handled");
            try
            {
                await YieldAsync();
                throw new InvalidOperationException("handled");
            }
            catch (InvalidOperationException)
            {
                await YieldAsync();
            }
        },
        static async _ =>
        {
            try
            {
                await using var scope = TriggerScope.Agent("thrown");
                await YieldAsync();
                throw new InvalidOperationException("thrown");
            }
            catch (InvalidOperationException)
            {
                await YieldAsync();
            }
        },
        static _ =>
        {
            foreach (var item in ReturnCapture.Observe<int>([1, 2], TriggerHub.BeginSequence(Sequence)!)) Assert.True(item > 0);
            return Task.CompletedTask;
        },
        static async service => Assert.True(await service.Hooks.PublishAsync(new() { Type = HookType.DecisionPoint, Operation = "hooked" }, Token)),
        static async service => Assert.True(await service.Collector.CollectAsync("knowledge", "learned", key: "collected", cancellationToken: Token)),
    ];

    private static TriggerDescriptor Describe(string operation) =>
        TriggerHub.Describe(new TriggerDefinition { Type = TriggerType.WorkflowCompletion, Operation = operation, Source = "tests" });

    private static async Task YieldAsync()
    {
        await Task.Yield();
        await Task.Yield();
    }
}
