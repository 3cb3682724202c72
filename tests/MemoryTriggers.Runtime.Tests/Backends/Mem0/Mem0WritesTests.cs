using System.Net;
using MemoryTriggers.Backends.Mem0;
using MemoryTriggers.Memories;
using MemoryTriggers.TestKit;
using MemoryTriggers.TestKit.Mem0;

namespace MemoryTriggers.Runtime.Tests.Backends.Mem0;

/// <summary>A memory is looked up at mem0 only when the server may have it: after a lost answer, a change, or a restart.</summary>
[Collection(nameof(ProcessWide))]
public sealed class Mem0WritesTests : IDisposable
{
    private const string Add = "POST /v3/memories/add/";
    private readonly HostedMem0Stub _hosted = new();
    private readonly SelfHostedMem0Stub _own = new();
    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTimeProvider _clock = new();

    public static TheoryData<Mem0Flavor> Flavors => [Mem0Flavor.Hosted, Mem0Flavor.SelfHosted];

    public static TheoryData<string, bool> Outcomes => new()
    {
        { "422", false }, { "429", false }, { "401", false }, { "not reached", false },
        { "408", true }, { "500", true }, { "503", true }, { "reset", true }, { "nonsense", true }, { "no answer", true },
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _hosted.Dispose();
        _own.Dispose();
        _directory.Dispose();
    }

    [Theory]
    [MemberData(nameof(Flavors))]
    public async Task Store_NewMemories_IsOneRequestEach(Mem0Flavor flavor)
    {
        await using var backend = Open(flavor);

        for (var batch = 0; batch < 3; batch++) await backend.StoreAsync(Fresh(100), Token);

        Assert.Equal(300, Stub(flavor).Requests.Count);
        Assert.Equal(300, Stub(flavor).Memories.Count);
    }

    [Fact(Timeout = 60_000)]
    public async Task Service_ThreeHundredMemories_IsThreeHundredRequestsAndThoseOfTheStart()
    {
        var options = new Mem0BackendOptions { ApiKey = "the-key" };
        var backend = new Mem0MemoryBackend(options, () => new HttpClient(_hosted, disposeHandler: false), TimeProvider.System);
        await using var memory = await MemoryTriggerService.StartAsync(
            options => options.DataDirectory = _directory.Path, backend, cancellationToken: Token);

        for (var call = 0; call < 300; call++)
        {
            await using var scope = TriggerScope.Workflow($"call {call}");
        }

        Assert.True(await memory.FlushAsync(TimeSpan.FromSeconds(30), Token));
        Assert.Equal(300, _hosted.Memories.Count);
        Assert.Equal(["GET /v1/ping/", "POST /v3/memories/?page=1&page_size=200"], _hosted.Requests.Except([Add]).Order());
        Assert.Equal(300, _hosted.Requests.Count(static request => request == Add));
        Assert.InRange(_hosted.Requests.Count, 301, 304);
    }

    [Theory]
    [MemberData(nameof(Outcomes))]
    public async Task Store_AfterAFailure_LooksUpWhenItMayBeThere(string outcome, bool looksUp)
    {
        await using var backend = Open(Mem0Flavor.Hosted);
        var batch = Fresh(1);
        _hosted.Instead = request => Fail(outcome);
        await Assert.ThrowsAnyAsync<MemoryBackendException>(async () => await backend.StoreAsync(batch, Token));
        _hosted.Instead = null;
        var before = _hosted.Requests.Count;

        await backend.StoreAsync(batch, Token);

        Assert.Equal(looksUp ? 2 : 1, _hosted.Requests.Count - before);
        Assert.Single(_hosted.Memories);
    }

    [Theory]
    [MemberData(nameof(Flavors))]
    public async Task Store_RepliesLost_NoneIsDoubled(Mem0Flavor flavor)
    {
        await using var backend = Open(flavor);
        var batch = Fresh(20);
        Stub(flavor).LosesReplies = true;
        await Assert.ThrowsAnyAsync<MemoryBackendException>(async () => await backend.StoreAsync(batch, Token));
        Stub(flavor).LosesReplies = false;

        await backend.StoreAsync(batch, Token);

        Assert.Equal(20, Stub(flavor).Memories.Count);
    }

    [Theory]
    [MemberData(nameof(Flavors))]
    public async Task Store_AfterARestart_LooksUpWhatWasCapturedBefore(Mem0Flavor flavor)
    {
        var left = Fresh(5);
        await using (var before = Open(flavor)) await before.StoreAsync(left, Token);
        await using (var before = Open(flavor)) await before.StoreAsync(left, Token);

        _clock.Advance(TimeSpan.FromSeconds(1));
        await using var after = Open(flavor);
        // And those of a process that was killed.
        var killed = left.Select(static entry => entry with { Id = Foreign(entry.Id) }).ToList();
        await after.StoreAsync([.. left, .. killed], Token);
        await after.StoreAsync(killed, Token);

        Assert.Equal(10, Stub(flavor).Memories.Count);
    }

    [Fact]
    public async Task Store_Changed_UpdatesWhatIsThere()
    {
        await using var backend = Open(Mem0Flavor.Hosted);
        var entry = Fresh(1)[0];
        await backend.StoreAsync([entry], Token);

        await backend.StoreAsync([entry with { Content = "corrected" }], Token);
        await backend.StoreAsync([entry with { Content = "changed", UpdatedAt = entry.CreatedAt.AddTicks(1) }], Token);

        Assert.Equal("changed", Assert.Single(_hosted.Memories).Value["memory"]!.GetValue<string>());
    }

    [Fact]
    public void Writes_MoreThanAreRemembered_CountAsSent()
    {
        var writes = new Mem0Writes(_clock.GetUtcNow(), most: 3);
        var entries = Enumerable.Range(0, 10).Select(_ => Fresh(1)[0]).ToList();
        Assert.All(entries, entry => Assert.True(writes.IsFirst(entry)));

        Assert.All(entries, entry => Assert.False(writes.IsFirst(entry)));
    }

    private HttpResponseMessage Fail(string outcome)
    {
        switch (outcome)
        {
            case "not reached": throw new HttpRequestException(HttpRequestError.ConnectionError, "refused");
            case "reset": throw new HttpRequestException(HttpRequestError.ResponseEnded, "reset");
            case "no answer": throw new OperationCanceledException();
            case "nonsense": return Mem0Stub.Answer(HttpStatusCode.OK, "<html>");
            default: return Mem0Stub.Answer((HttpStatusCode)int.Parse(outcome, System.Globalization.CultureInfo.InvariantCulture), "{}");
        }
    }

    private static Guid Foreign(Guid id)
    {
        var bytes = id.ToByteArray();
        bytes[9] ^= 0x2A;
        return new Guid(bytes);
    }

    private List<MemoryEntry> Fresh(int count) => [.. Enumerable.Range(0, count).Select(_ =>
    {
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        var now = _clock.GetUtcNow();
        return Any.Entry() with { Id = MemoryIds.Next(now), CreatedAt = now, UpdatedAt = now };
    })];

    private Mem0Stub Stub(Mem0Flavor flavor) => flavor == Mem0Flavor.Hosted ? _hosted : _own;

    private Mem0MemoryBackend Open(Mem0Flavor flavor)
    {
        var options = new Mem0BackendOptions { Flavor = flavor, ApiKey = "the-key" };
        if (flavor == Mem0Flavor.SelfHosted) options.BaseAddress = new Uri("http://localhost:8888");
        return new Mem0MemoryBackend(options, () => new HttpClient(Stub(flavor), disposeHandler: false), _clock);
    }
}
