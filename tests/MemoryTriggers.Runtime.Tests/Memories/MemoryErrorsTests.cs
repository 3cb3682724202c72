using MemoryTriggers.Recall;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Runtime.Tests.Memories;

public sealed class MemoryErrorsTests : IAsyncDisposable
{
    private readonly InMemoryMemoryBackend _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // An operation that fails now and then, and succeeds often, has as many as it runs.
    [Fact]
    public async Task Get_OfAnErrorWithManyLinks_HasTheLatestOfThem()
    {
        var memory = new MemoryModule(_store, new MemoryRecall(_store, "shop", TimeProvider.System), "shop", TimeProvider.System);
        Assert.True(ErrorFingerprint.TryParse("0123456789abcdef", out var error));
        await _store.StoreAsync([Entry(0, error.ErrorTag)], Token);
        await _store.StoreAsync([.. Enumerable.Range(1, 250).Select(number => Entry(number, error.ResolutionTag))], Token);
        await _store.StoreAsync([.. Enumerable.Range(1, 130).Select(number => Entry(number, error.CoincidenceTag))], Token);

        var known = (await memory.Errors.GetAsync(error, Token))!;

        Assert.Equal(Enumerable.Range(151, 100).Reverse().Select(static number => $"{number}"), known.Resolutions.Select(static link => link.Line));
        Assert.Equal(Enumerable.Range(31, 100).Reverse().Select(static number => $"{number}"), known.Coincidences.Select(static link => link.Line));
        Assert.Equal(250, await memory.Errors.GetResolutionsAsync(error, Token).CountAsync(Token));
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private static MemoryEntry Entry(int number, string tag) => Any.Entry($"{number}") with
    {
        Project = "shop",
        Tags = [tag],
        CreatedAt = Any.Time.AddMinutes(number),
    };
}
