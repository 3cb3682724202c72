using MemoryTriggers.Delivery.DeadLetters;
using MemoryTriggers.Files;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Hosting;

/// <summary>What the store refused is looked at, tried again, and thrown away.</summary>
[Collection(nameof(ProcessWide))]
public sealed class DeadLetterTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly RecordingBackend _store = new();

    public DeadLetterTests() => Refuse("poison");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Replay_WhenTheStoreTakesIt_MakesItAMemoryOnceAndTheLetterGoes()
    {
        await using var memory = await StartAsync();
        await PoisonAsync(memory, "poison", of: 1_000);
        Assert.Equal(999, await memory.Recall.CountAsync(cancellationToken: Token));
        var letter = Assert.Single(memory.DeadLetters);
        var inspected = memory.InspectDeadLetter(letter.Id)!;

        _store.BeforeStore = null;
        var progress = new List<int>();
        var replay = await memory.ReplayDeadLettersAsync(progress: new Reports(progress), cancellationToken: Token);

        Assert.Equal((1, 0), replay);
        Assert.Equal([1], progress);
        Assert.Empty(memory.DeadLetters);
        var stored = await memory.Recall.GetAsync(inspected.Id, Token);
        Assert.Equal(("poison", inspected.Content), (stored!.Key, stored.Content));
        Assert.Equal(1_000, await memory.Recall.CountAsync(cancellationToken: Token));
        Assert.Equal((0, 0), await memory.ReplayDeadLettersAsync(cancellationToken: Token));
        var health = await memory.GetHealthAsync(Token);
        Assert.True(health.IsBalanced);
        Assert.True(health.IsHealthy, string.Join("; ", health.Problems));
    }

    [Fact]
    public async Task Replay_WhenTheStoreStillRefuses_KeepsTheLetterWithTheNewReason()
    {
        await using var memory = await StartAsync();
        await PoisonAsync(memory, "poison");
        Refuse("poison", "not today either");

        Assert.Equal((0, 1), await memory.ReplayDeadLettersAsync(cancellationToken: Token));

        var letter = Assert.Single(memory.DeadLetters);
        Assert.Equal(1, letter.Replays);
        Assert.Contains("not today either", letter.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_InTheNextProcess_KnowsTheTriggerAll()
    {
        await using (var memory = await StartAsync())
        {
            Refuse("Shop.Work.Fail");
            Work.Fail();
            await memory.FlushAsync(cancellationToken: Token);
            Assert.Single(memory.DeadLetters);
        }

        Directory.Delete(_directory.File("journal"), recursive: true);
        _store.BeforeStore = null;
        await using var next = await StartAsync(new RecordingBackend());
        await next.ReplayDeadLettersAsync(cancellationToken: Token);

        Assert.Equal("Shop.Work.Fail", Assert.Single(await next.Recall.ListAsync(cancellationToken: Token)).Key);
    }

    [Fact]
    public async Task Replay_LetterThatCannotBeRead_StaysAndTheOthersAreStored()
    {
        await using var memory = await StartAsync();
        await PoisonAsync(memory, "poison");
        _store.BeforeStore = null;
        var file = new LetterFile(_directory.File("dead-letters.dat"), SystemDisk.Instance, TimeProvider.System);
        file.Refresh();
        file.Add("0-garbage", "{ half"u8);
        file.Add("1-empty", ""u8);
        file.Add("2-null", "null"u8);
        file.Add("3-record", """{"Id":"../../other","Reason":"r","At":"2026-01-02T03:04:05+00:00","Record":"AQID"}"""u8);

        Assert.Equal((1, 1), await memory.ReplayDeadLettersAsync(cancellationToken: Token));

        Assert.Equal("3-record", Assert.Single(memory.DeadLetters).Id);
        Assert.Null(memory.InspectDeadLetter("3-record"));
    }

    [Theory]
    [InlineData("../memory")]
    [InlineData("absent")]
    [InlineData("")]
    public async Task Letter_OfNoSuchId_IsNone(string id)
    {
        await using var memory = await StartAsync();
        await PoisonAsync(memory, "poison");

        Assert.Null(memory.InspectDeadLetter(id));
        Assert.Equal(0, memory.PurgeDeadLetters(id));
        Assert.Equal(default, await memory.ReplayDeadLettersAsync(id, cancellationToken: Token));
        Assert.Single(memory.DeadLetters);
    }

    [Fact]
    public async Task Purge_ById_ByAge_AndAll_ThrowsAwayWhatWasMeant()
    {
        await using var memory = await StartAsync();
        for (var number = 0; number < 3; number++) await PoisonAsync(memory, "poison");

        Assert.Equal(0, memory.PurgeDeadLetters(olderThan: TimeSpan.FromDays(1)));
        Assert.Equal(1, memory.PurgeDeadLetters(memory.DeadLetters[1].Id));
        Assert.Equal(2, memory.DeadLetters.Count);
        Assert.Equal(2, memory.PurgeDeadLetters());
        Assert.False(File.Exists(_directory.File("dead-letters.dat")));
        Assert.True((await memory.GetHealthAsync(Token)).IsBalanced);
    }

    [Fact]
    public async Task Replay_FromSeveralPlacesAtOnce_CountsEachLetterOnce()
    {
        await using var memory = await StartAsync();
        for (var number = 0; number < 5; number++) await PoisonAsync(memory, "poison");
        _store.BeforeStore = null;

        var replays = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => memory.ReplayDeadLettersAsync(cancellationToken: Token))));

        Assert.Equal(5, replays.Sum(static replay => replay.Stored));
        Assert.Equal(5, await memory.Recall.CountAsync(cancellationToken: Token));
        Assert.Empty(memory.DeadLetters);
    }

    [Fact]
    public async Task Letter_ThatCannotBeWritten_IsARecordThatWaitsAndHealthTells()
    {
        var disk = new DiskWithoutLetters();
        await using var memory = await MemoryTriggerService.StartAsync(
            options =>
            {
                options.DataDirectory = _directory.Path;
                options.Journal.Disk = disk;
                options.Delivery.RetryDelay = TimeSpan.FromMilliseconds(1);
            },
            _store, new CollectingLoggers(out _), Token);
        using (TriggerScope.Workflow("poison"))
        {
        }

        await disk.Refused.Task.WaitAsync(Token);
        MemoryTriggersHealth health;
        do health = await memory.GetHealthAsync(Token);
        while (!health.Problems.Any(static problem => problem.Contains("stays in the journal", StringComparison.Ordinal)));
        Assert.Equal((1, 0), (health.Pending, health.DeadLettered));
        Assert.True(health.IsBalanced);

        disk.IsWell = true;
        Assert.True(await memory.FlushAsync(cancellationToken: Token));
        Assert.Single(memory.DeadLetters);
        health = await memory.GetHealthAsync(Token);
        Assert.Equal((0, 1), (health.Pending, health.DeadLettered));
        Assert.DoesNotContain(health.Problems, static problem => problem.Contains("stays in the journal", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Letter_OfARecordWithSecrets_HasNone()
    {
        await using var memory = await StartAsync();
        using (var scope = TriggerScope.Workflow("poison")) scope.AddMetadata("password", "canary-7d2").SetResult("done");
        await memory.FlushAsync(cancellationToken: Token);

        var letter = Assert.Single(memory.DeadLetters);
        Assert.DoesNotContain("canary-7d2", System.Text.Encoding.UTF8.GetString(letter.Record), StringComparison.Ordinal);
        Assert.DoesNotContain("canary-7d2", File.ReadAllText(_directory.File("dead-letters.dat")), StringComparison.Ordinal);
    }

    private static async Task PoisonAsync(MemoryTriggerService memory, string operation, int of = 1)
    {
        for (var number = 0; number < of; number++)
        {
            using (TriggerScope.Workflow(number == of / 2 ? operation : "good"))
            {
            }
        }

        Assert.True(await memory.FlushAsync(cancellationToken: Token));
    }

    private void Refuse(string key, string reason = "not this one") => _store.BeforeStore = (batch, _) => batch.Any(entry => entry.Key == key)
        ? throw new MemoryBackendException("recording", reason, isTransient: false)
        : Task.CompletedTask;

    private Task<MemoryTriggerService> StartAsync(RecordingBackend? store = null) => MemoryTriggerService.StartAsync(
        options => options.DataDirectory = _directory.Path, store ?? _store, new CollectingLoggers(out _), Token);

    private sealed class Reports(List<int> all) : IProgress<int>
    {
        public void Report(int value) => all.Add(value);
    }

    /// <summary>As a wrapper calls the hub.</summary>
    private static class Work
    {
        private static readonly Capture.TriggerDescriptor Descriptor = TriggerHub.Describe(
            new Capture.TriggerDefinition { Type = TriggerType.WorkflowCompletion, Operation = "Fail", DeclaringType = "Shop.Work" });

        public static void Fail() => TriggerHub.End(TriggerHub.Begin(Descriptor)!);
    }
}
