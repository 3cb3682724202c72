using System.IO.Compression;
using MemoryTriggers.Files;
using MemoryTriggers.Memories;
using MemoryTriggers.Recall;
using MemoryTriggers.Retention;
using MemoryTriggers.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using MemoryTriggers.Problems;

namespace MemoryTriggers.Runtime.Tests.Memories;

public sealed class RetentionTests : IAsyncDisposable
{
    private static readonly MemoryQuery All = new() { AllProjects = true, Limit = 1_000 };
    private readonly TemporaryDirectory _folder = new();
    private readonly ManualTimeProvider _time = new();
    private readonly InMemoryMemoryBackend _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("project", "medium", null, 90)]
    [InlineData("project", "high", null, 365)]
    [InlineData("project", "critical", 0.9, 365)]
    [InlineData("error", "medium", null, 30)]
    [InlineData("error", "high", null, 365)]
    [InlineData("pattern", "low", 0.4, 180)]
    [InlineData("preferences", "medium", null, null)]
    [InlineData("preferences", "high", null, null)]
    [InlineData("project", "critical", 0.39, 30)]
    public void EndOf_Defaults_AreTheReferences(string category, string priority, double? quality, int? days)
    {
        TriggerNames.TryParsePriority(priority, out var parsed);
        var entry = Any.Entry() with { Category = category, Priority = parsed, QualityScore = quality, UpdatedAt = Any.Time };

        var end = new RetentionPeriods(new RetentionOptions { Enabled = true }).EndOf(entry);

        Assert.Equal(days is null ? null : entry.CreatedAt.AddDays(days.Value), end);
    }

    [Fact]
    public void EndOf_ChangedOrRepeatedLater_CountsFromThen()
    {
        var periods = new RetentionPeriods(new RetentionOptions { Enabled = true });
        var entry = Any.Entry() with { CreatedAt = Any.Time };

        Assert.Equal(Any.Time.AddDays(100), periods.EndOf(entry with { UpdatedAt = Any.Time.AddDays(10) }));
        Assert.Equal(Any.Time.AddDays(110), periods.EndOf(entry with { LastSeenAt = Any.Time.AddDays(20) }));
        Assert.Equal(Any.Time.AddDays(1), periods.EndOf(entry with { ExpiresAt = Any.Time.AddDays(1), Category = "preferences" }));
        Assert.Null(new RetentionPeriods(new RetentionOptions()).EndOf(entry));
    }

    [Fact]
    public async Task Run_RulesOff_RemovesOnlyWhatHasATimeOfItsOwn()
    {
        await _store.StoreAsync([Old(), Old() with { ExpiresAt = _time.GetUtcNow() }, Old() with { ExpiresAt = _time.GetUtcNow().AddTicks(1) }], Token);

        var result = await Run(new RetentionOptions()).RunAsync(null, Token);

        // What expires at this very moment has expired, and is removed the next time.
        Assert.Equal((0, 0, 0, 0), result);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal((1, 0, 0, 0), await Run(new RetentionOptions()).RunAsync(null, Token));
        Assert.Equal(2, await _store.CountAsync(All, Token));
    }

    [Fact]
    public async Task Run_ManyOld_RemovesAllOfThemAndNothingElse()
    {
        var kept = Any.Entry() with { CreatedAt = _time.GetUtcNow().AddDays(-89), UpdatedAt = default };
        var preference = Old() with { Category = "preferences" };
        foreach (var batch in Enumerable.Range(0, 2_500).Select(_ => Old()).Append(kept).Append(preference).Chunk(500)) await _store.StoreAsync(batch, Token);
        var seen = 0L;

        var result = await Run(new RetentionOptions { Enabled = true }).RunAsync(new Reporter(count => seen = count), Token);

        Assert.Equal((0, 2_500, 0, 0), result);
        Assert.Equal([kept.Id, preference.Id], (await _store.QueryAsync(All, Token)).Select(static entry => entry.Id));
        Assert.InRange(seen, 2_500, 2_502);
    }

    [Fact]
    public async Task Run_WithAnArchive_EverythingThatWentCanBeImported()
    {
        var gone = Enumerable.Range(0, 250).Select(number => Old() with { Content = $"žluťoučký {number}", CreatedAt = _time.GetUtcNow().AddDays(-100 - number / 10) }).ToList();
        await _store.StoreAsync(gone, Token);
        var options = new RetentionOptions { Enabled = true, ArchiveDirectory = Path.Combine(_folder.Path, "archive") };

        var result = await Run(options).RunAsync(null, Token);

        Assert.Equal((0, 250, 250, 0), result);
        Assert.Equal(0, await _store.CountAsync(All, Token));
        var memory = new MemoryModule(_store, new MemoryRecall(_store, null, _time), null, _time);
        foreach (var file in Directory.GetFiles(options.ArchiveDirectory))
        {
            await using var stream = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
            await memory.ImportAsync(stream, cancellationToken: Token);
        }

        Assert.Equal(gone.Select(static entry => entry.Content).Order(), (await _store.QueryAsync(All, Token)).Select(static entry => entry.Content).Order());
    }

    [Fact]
    public async Task Run_OfAChangedMemory_ArchivesItsVersionsOnceAndCountsThem()
    {
        var old = Old();
        // The version is kept for ever by itself; the memory is not.
        await _store.StoreAsync([old with { Category = "preferences" }], Token);
        await _store.ChangeAsync(old.Id, current => MemoryVersions.Change(current!, static entry => entry with { Category = "project" }, "test", old.CreatedAt), Token);
        var options = new RetentionOptions { Enabled = true, ArchiveDirectory = Path.Combine(_folder.Path, "archive") };

        Assert.Equal((0, 2, 2, 0), await Run(options).RunAsync(null, Token));

        Assert.Equal(0, await _store.CountAsync(All, Token));
        await using var stream = new GZipStream(File.OpenRead(Assert.Single(Directory.GetFiles(options.ArchiveDirectory))), CompressionMode.Decompress);
        using var lines = new StreamReader(stream);
        Assert.Equal(2, (await lines.ReadToEndAsync(Token)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Run_ArchiveCannotBeWritten_DeletesNothing()
    {
        await _store.StoreAsync([Old()], Token);
        var file = Path.Combine(_folder.Path, "a file");
        await File.WriteAllTextAsync(file, "", Token);

        await Assert.ThrowsAnyAsync<IOException>(() => Run(new RetentionOptions { Enabled = true, ArchiveDirectory = Path.Combine(file, "archive") }).RunAsync(null, Token));

        Assert.Equal(1, await _store.CountAsync(All, Token));
    }

    [Fact]
    public async Task Step_SeveralProcesses_OneDoesIt()
    {
        var path = Path.Combine(_folder.Path, "retention.lock");
        var options = new RetentionOptions();
        var (one, two) = (new RetentionLoop(Run(options), path, options, _time, NullLogger.Instance), new RetentionLoop(Run(options), path, options, _time, NullLogger.Instance));
        await _store.StoreAsync([Old() with { ExpiresAt = Any.Time.AddDays(-1) }], Token);

        await one.StepAsync(Token);
        Assert.Equal(0, await _store.CountAsync(All, Token));

        await _store.StoreAsync([Old() with { ExpiresAt = Any.Time.AddDays(-1) }], Token);
        await two.StepAsync(Token);
        Assert.Equal(1, await _store.CountAsync(All, Token));

        _time.Advance(options.Interval);
        using (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None)) await one.StepAsync(Token);
        Assert.Equal(1, await _store.CountAsync(All, Token));

        await two.StepAsync(Token);
        Assert.Equal(0, await _store.CountAsync(All, Token));
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    private MemoryEntry Old() => Any.Entry() with { CreatedAt = _time.GetUtcNow().AddDays(-91), UpdatedAt = default };

    private RetentionRun Run(RetentionOptions options) => new(_store, options, options.ArchiveDirectory, null, null, new PassMark(null, "memory", ProblemLog.At(null, TimeProvider.System), SystemDisk.Instance, _time, NullLogger.Instance), new EarlierVersions(_store).OfAsync, _time, NullLogger.Instance);

    private sealed class Reporter(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }
}
