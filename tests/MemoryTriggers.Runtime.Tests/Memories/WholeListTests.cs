using MemoryTriggers.Recall;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Runtime.Tests.Memories;

/// <summary>Every list is all of it, however long, newest first, and reads no more than is asked for.</summary>
public sealed class WholeListTests : IAsyncDisposable
{
    private const int Many = 2_500;
    private readonly ManualTimeProvider _time = new();
    private readonly Counting _store = new(new InMemoryMemoryBackend());
    private readonly MemoryModule _memory;

    public WholeListTests() => _memory = new(_store, new MemoryRecall(_store, "shop", _time), "shop", _time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task GetBy_MoreThanAPage_GivesAllNewestFirst()
    {
        using (_memory.BeginSession("s"))
        {
            await _memory.CreateManyAsync(
                Enumerable.Range(0, Many).Select(static i => new MemoryDraft { Key = $"{i}", Category = "tools", EntityType = "tool", EntityId = "git", Tags = ["t"] }), Token);
        }

        IReadOnlyList<IAsyncEnumerable<MemoryEntry>> lists =
        [
            _memory.GetByCategoryAsync("tools", Token), _memory.GetByEntityAsync("tool", cancellationToken: Token), _memory.GetByEntityAsync("tool", "git", Token),
            _memory.GetByTagsAsync(["t", "u"], Token), _memory.GetSessionAsync("s", Token), _memory.ReadAllAsync(cancellationToken: Token),
        ];

        var expected = Enumerable.Range(0, Many).Reverse().Select(static i => $"{i}").ToList();
        foreach (var list in lists) Assert.Equal(expected, await list.Select(static entry => entry.Key).ToListAsync(Token));
    }

    [Fact]
    public async Task GetBy_OnlyTheFirst_ReadsASmallPage()
    {
        await _memory.CreateManyAsync(Enumerable.Range(0, Many).Select(static i => new MemoryDraft { Key = $"{i}", Category = "tools" }), Token);
        _store.Read = 0;

        Assert.Equal($"{Many - 1}", (await _memory.GetByCategoryAsync("tools", Token).FirstAsync(Token)).Key);

        Assert.InRange(_store.Read, 1, 100);
    }

    [Fact]
    public async Task TasksAndErrors_MoreThanAPage_AreAllListed()
    {
        for (var i = 0; i < 1_200; i++) await _memory.Tasks.RecordAsync("7", MemoryValue.Of(i), cancellationToken: Token);
        var errors = Any.Entries(1_100).Select(static (entry, i) => entry with
        {
            Outcome = TriggerOutcome.Failure, Project = "shop", Tags = [$"{ErrorFingerprint.Tag}{i:x16}"],
        });
        await _store.StoreAsync([.. errors], Token);

        Assert.Equal(Enumerable.Range(0, 1_200).Reverse(), await _memory.Tasks.GetHistoryAsync("7", Token).Select(static entry => entry.Value.GetInt32()).ToListAsync(Token));
        Assert.Equal(1_100, await _memory.Errors.ListAsync(cancellationToken: Token).CountAsync(Token));
    }

    [Fact]
    public async Task Preferences_MoreThanAPage_AreAllThere()
    {
        for (var i = 0; i < 1_300; i++) await _memory.Preferences.SetAsync($"p{i}", MemoryValue.Of(i), Token);

        var all = await _memory.Preferences.GetAllAsync(Token);

        Assert.Equal(1_300, all.Count);
        Assert.All(all, static pair => Assert.Equal($"p{pair.Value.GetInt32()}", pair.Key));
    }

    [Fact]
    public async Task ReadAll_ExpiredWithinTheMinute_IsLeftOut()
    {
        await _memory.CreateAsync(new MemoryDraft { Key = "short", Category = "tools", TimeToLive = TimeSpan.FromSeconds(1) }, Token);
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Empty(await _memory.GetByCategoryAsync("tools", Token).ToListAsync(Token));
    }

    private sealed class Counting(IMemoryBackend inner) : DelegatingMemoryBackend(inner)
    {
        public int Read { get; set; }

        public override async ValueTask<IReadOnlyList<MemoryEntry>> QueryAsync(MemoryQuery query, CancellationToken cancellationToken)
        {
            var entries = await base.QueryAsync(query, cancellationToken);
            Read += entries.Count;
            return entries;
        }
    }
}
