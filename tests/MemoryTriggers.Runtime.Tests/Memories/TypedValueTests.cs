using System.Text.Json;
using System.Text.Json.Serialization;
using MemoryTriggers.Recall;

namespace MemoryTriggers.Runtime.Tests.Memories;

/// <summary>Objects go in and come out, by reflection or by a serializer that was made at compile time.</summary>
public sealed partial class TypedValueTests : IAsyncDisposable
{
    private static readonly Theme Dark = new("dark", 12);
    private readonly InMemoryMemoryBackend _store = new();
    private readonly MemoryModule _memory;

    public TypedValueTests() =>
        _memory = new(_store, new MemoryRecall(_store, null, TimeProvider.System), null, TimeProvider.System);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Preferences_OfAType_AreReadBack()
    {
        await _memory.Preferences.SetAsync("theme", Dark, Token);
        await _memory.Preferences.SetAsync("size", 12, Token);

        Assert.Equal(Dark, await _memory.Preferences.GetAsync<Theme>("theme", Token));
        Assert.Equal(12, await _memory.Preferences.GetAsync<int>("size", Token));
        Assert.Equal("""{"mode":"dark","size":12}""", (await _memory.Preferences.GetAsync("theme", Token))!.Value.GetRawText());
        Assert.Null(await _memory.Preferences.GetAsync<Theme>("none", Token));
        Assert.Null(await _memory.Preferences.GetAsync<int?>("none", Token));
        await Assert.ThrowsAsync<JsonException>(async () => await _memory.Preferences.GetAsync<int>("theme", Token));
    }

    [Fact]
    public async Task EveryDoor_WithACompiledSerializer_IsReadBack()
    {
        var type = Types.Default.Theme;
        await _memory.Preferences.SetAsync("theme", Dark, type, Token);
        await _memory.SetDeviceAsync(Dark, type, Token);
        await _memory.Tasks.RecordAsync("7", Dark, type, cancellationToken: Token);
        var id = await _memory.CreateAsync(new MemoryDraft { Key = "k" }.WithValue(new Theme("light", 1), type), Token);
        await _memory.UpdateAsync(id, new MemoryUpdate().WithValue(Dark, type), Token);

        Assert.Equal(Dark, await _memory.Preferences.GetAsync("theme", type, Token));
        Assert.Equal(Dark, await _memory.GetDeviceAsync(type, Token));
        Assert.Equal(Dark, (await _memory.Tasks.GetAsync("7", Token))!.ValueAs(type));
        Assert.Equal(Dark, (await _memory.GetAsync(id, Token))!.ValueAs(type));
    }

    [Fact]
    public async Task EveryDoor_ByReflection_IsReadBack()
    {
        Assert.Null(await _memory.GetDeviceAsync<Theme>(Token));
        await _memory.SetDeviceAsync(Dark, Token);
        await _memory.Tasks.RecordAsync("7", new { status = "failed" }, cancellationToken: Token);
        var id = await _memory.SetAsync(new MemoryDraft { Key = "k" }.WithValue(Dark), Token);

        Assert.Equal(Dark, await _memory.GetDeviceAsync<Theme>(Token));
        Assert.Equal(TriggerOutcome.Failure, (await _memory.Tasks.GetAsync("7", Token))!.Outcome);
        Assert.Equal(Dark, (await _memory.GetAsync(id, Token))!.ValueAs<Theme>());
        Assert.Equal(Dark, MemoryValue.As<Theme>(MemoryValue.Of(Dark)));
        Assert.Equal(12, new MemoryUpdate().WithValue(12).Value!.Value.GetInt32());
    }

    private sealed record Theme(string Mode, int Size);

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
    [JsonSerializable(typeof(Theme))]
    private sealed partial class Types : JsonSerializerContext;
}
