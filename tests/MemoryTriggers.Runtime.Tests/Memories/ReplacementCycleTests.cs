using System.Text;
using MemoryTriggers.Recall;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Runtime.Tests.Memories;

/// <summary>Memories that replace each other in a circle would hide each other: no door makes one, and one that is there is opened.</summary>
public sealed class ReplacementCycleTests : IAsyncDisposable
{
    private static readonly MemoryQuery Current = new() { AllProjects = true, CurrentAt = DateTimeOffset.MaxValue };
    private readonly InMemoryMemoryBackend _store = new();
    private readonly MemoryModule _memory;

    public ReplacementCycleTests() =>
        _memory = new(_store, new MemoryRecall(_store, null, TimeProvider.System), null, TimeProvider.System);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(700)]
    public async Task Import_OfACircle_NamesTheLineThatClosesIt(int length)
    {
        var lines = await ExportAsync(Circle(length));

        var exception = await Assert.ThrowsAsync<FormatException>(() => ImportAsync(lines));

        Assert.StartsWith($"Line {length} ", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith("The lines before it are imported.", exception.Message, StringComparison.Ordinal);
        Assert.Equal(length - 1, await _store.CountAsync(new() { AllProjects = true }, Token));
    }

    [Fact]
    public async Task Import_OfACircle_SkipsTheLineThatClosesIt()
    {
        var result = await ImportAsync(await ExportAsync([.. Circle(3), Any.Entry("other")]), new() { SkipInvalid = true });

        Assert.Equal((3, 0, 1), result);
    }

    [Fact]
    public async Task Import_ThatClosesACircleWithTheStore_IsRefusedUnlessItOpensItToo()
    {
        var (a, b) = (Any.Entry("a"), Any.Entry("b"));
        await _store.StoreAsync([a with { SupersededBy = b.Id, SupersededAt = Any.Time }, b], Token);
        var opposite = b with { SupersededBy = a.Id, SupersededAt = Any.Time };

        await Assert.ThrowsAsync<FormatException>(async () => await ImportAsync(await ExportAsync(opposite)));
        Assert.Equal(b.Id, Assert.Single(await _store.QueryAsync(Current, Token)).Id);

        Assert.Equal((2, 0, 0), await ImportAsync(await ExportAsync(opposite, a)));
        Assert.Equal(a.Id, Assert.Single(await _store.QueryAsync(Current, Token)).Id);
    }

    [Fact]
    public async Task Import_BadLine_TheLinesBeforeItAreImported()
    {
        var lines = await ExportAsync(Any.Entry("one"), Any.Entry("two")) + "{\n";

        await Assert.ThrowsAsync<FormatException>(() => ImportAsync(lines));

        Assert.Equal(2, await _store.CountAsync(new() { AllProjects = true }, Token));
    }

    [Fact]
    public async Task Supersede_ByAnEarlierVersionOfItself_IsRefused()
    {
        var id = await _memory.CreateAsync(new MemoryDraft { Key = "k" }, Token);
        await _memory.UpdateAsync(id, new MemoryUpdate { Content = "new" }, Token);
        var version = (await _memory.GetHistoryAsync(id, Token))[1].Id;
        var other = await _memory.CreateAsync(new MemoryDraft { Key = "other" }, Token);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await _memory.SupersedeAsync(id, version, Token));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await _memory.SupersedeAsync(version, other, Token));
        await Assert.ThrowsAsync<ArgumentException>(async () => await _memory.SupersedeAsync(id, id, Token));

        Assert.Equal(2, (await _memory.GetHistoryAsync(id, Token)).Count);
    }

    [Fact]
    public async Task Supersede_OppositeWrittenByAnotherProcessMeanwhile_TakesItsOwnBack()
    {
        var (a, b) = (Any.Entry("a"), Any.Entry("b"));
        await _store.StoreAsync([a, b], Token);
        await using var racing = new BetweenReadAndWrite(_store, () => _store.StoreAsync([b with { SupersededBy = a.Id, SupersededAt = Any.Time }], Token));
        var memory = new MemoryModule(racing, new MemoryRecall(racing, null, TimeProvider.System), null, TimeProvider.System);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await memory.SupersedeAsync(a.Id, b.Id, Token));

        Assert.Equal(a.Id, Assert.Single(await _store.QueryAsync(Current, Token)).Id);
    }

    [Fact]
    public async Task CleanUp_CirclesFromBefore_OneOfEachIsCurrentAgain()
    {
        await using var memory = await MemoryModule.OpenAsync(new MemoryModuleOptions { Backend = _store }, Token);
        var (two, three) = (Circle(2), Circle(3));
        await _store.StoreAsync([.. two, .. three, Any.Entry("leads there") with { SupersededBy = two[0].Id, SupersededAt = Any.Time }], Token);
        Assert.Empty(await _store.QueryAsync(Current, Token));

        await memory.CleanUpAsync(cancellationToken: Token);

        // The one that was replaced last.
        Assert.Equal(new[] { two[^1].Id, three[^1].Id }.Order(), (await _store.QueryAsync(Current, Token)).Select(static entry => entry.Id).Order());
    }

    private static MemoryEntry[] Circle(int length)
    {
        var entries = Any.Entries(length);
        return [.. entries.Select((entry, i) => entry with { SupersededBy = entries[(i + 1) % length].Id, SupersededAt = Any.Time.AddDays(i) })];
    }

    private async Task<string> ExportAsync(params MemoryEntry[] entries)
    {
        // In the order of the array: an export is newest first.
        var text = new StringBuilder();
        foreach (var entry in entries)
        {
            await using var store = new InMemoryMemoryBackend();
            await store.StoreAsync([entry], Token);
            using var file = new MemoryStream();
            await new MemoryModule(store, new MemoryRecall(store, null, TimeProvider.System), null, TimeProvider.System).ExportAsync(file, cancellationToken: Token);
            text.Append(Encoding.UTF8.GetString(file.ToArray()));
        }

        return text.ToString();
    }

    private Task<(long Stored, long Kept, long Skipped)> ImportAsync(string lines, ImportOptions? options = null) =>
        _memory.ImportAsync(new MemoryStream(Encoding.UTF8.GetBytes(lines)), options, cancellationToken: Token);

    private sealed class BetweenReadAndWrite(IMemoryBackend inner, Func<ValueTask> between) : DelegatingMemoryBackend(inner)
    {
        private bool _isDone;

        public override async ValueTask ChangeAsync(
            Guid id, Func<MemoryEntry?, IReadOnlyList<MemoryEntry>> change, CancellationToken cancellationToken)
        {
            if (!_isDone) await between();
            _isDone = true;
            await base.ChangeAsync(id, change, cancellationToken);
        }

        public override ValueTask DisposeAsync() => default;
    }
}
