using System.Text.Json;
using System.Text.Json.Nodes;
using MemoryTriggers.Protection;
using MemoryTriggers.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace MemoryTriggers.Runtime.Tests.Memories;

public sealed class ProtectingBackendTests : IAsyncDisposable
{
    private const string Canary = "canary-4711";
    private static readonly MemoryQuery All = new() { AllProjects = true, Limit = 1_000 };
    private readonly InMemoryMemoryBackend _store = new();
    private readonly string _first = EncryptionKey.Generate("2026-10");
    private readonly string _second = EncryptionKey.Generate("2026-11");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"a":[1,2,{"b":null}],"c":"canary-4711"}""")]
    [InlineData("\"canary-4711\"")]
    [InlineData("null")]
    [InlineData("""{"$mt":1,"data":"AAAA"}""")]
    [InlineData("""{"$mt":"not ours"}""")]
    public async Task Store_WithAKey_NothingOfTheValueIsReadable(string json)
    {
        var backend = Create(_first);
        var entry = Entry(json);

        await backend.StoreAsync([entry], Token);

        var raw = (await _store.GetAsync(entry.Id, Token))!.Value.GetRawText();
        Assert.StartsWith("""{"$mt":1,"key":"2026-10","data":""", raw, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, raw, StringComparison.Ordinal);
        Assert.Equal(json, (await backend.GetAsync(entry.Id, Token))!.Value.GetRawText());
        Assert.Equal(json, Assert.Single(await backend.QueryAsync(All, Token)).Value.GetRawText());
        Assert.Equal(json, Assert.Single(await backend.SearchAsync("build", All, Token)).Entry.Value.GetRawText());
    }

    [Fact]
    public async Task Store_SameValueTwice_LooksDifferent()
    {
        var backend = Create(_first);
        await backend.StoreAsync([Entry("1"), Entry("1")], Token);

        var raw = (await _store.QueryAsync(All, Token)).Select(static entry => entry.Value.GetRawText()).ToList();

        Assert.NotEqual(raw[0], raw[1]);
    }

    [Fact]
    public async Task Read_AfterRotation_OldAndNewAreReadable()
    {
        var (old, young) = (Entry("\"old\""), Entry("\"young\""));
        await Create(_first).StoreAsync([old], Token);
        var backend = Create($"# the newest first\n{_second}\r\n\n{_first}\n");
        await backend.StoreAsync([young], Token);

        Assert.Equal("old", (await backend.GetAsync(old.Id, Token))!.Value.GetString());
        Assert.Equal("young", (await backend.GetAsync(young.Id, Token))!.Value.GetString());
        var seen = new CountingProgress();
        Assert.Equal(1, await backend.RotateAsync(seen, Token));
        Assert.Equal(2, seen.Last);
        Assert.Equal(0, await backend.RotateAsync(null, Token));

        Assert.Equal("old", (await Create(_second).GetAsync(old.Id, Token))!.Value.GetString());
    }

    [Fact]
    public async Task Rotate_PlainValues_AreEncrypted()
    {
        var entry = Entry($"\"{Canary}\"");
        await _store.StoreAsync([entry], Token);
        var backend = Create(_first);

        Assert.Equal(Canary, (await backend.GetAsync(entry.Id, Token))!.Value.GetString());
        Assert.Equal(1, await backend.RotateAsync(null, Token));

        Assert.DoesNotContain(Canary, (await _store.GetAsync(entry.Id, Token))!.Value.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(Canary, (await backend.GetAsync(entry.Id, Token))!.Value.GetString());
    }

    [Fact]
    public async Task Read_KeyLost_SaysWhichOne()
    {
        var entry = Entry("1");
        await Create(_first).StoreAsync([entry], Token);

        var other = await Assert.ThrowsAsync<MemoryBackendException>(async () => await Create(_second).GetAsync(entry.Id, Token));
        var none = await Assert.ThrowsAsync<MemoryBackendException>(async () => await Create(null, 1_000).GetAsync(entry.Id, Token));
        var impostor = await Assert.ThrowsAsync<MemoryBackendException>(async () => await Create(EncryptionKey.Generate("2026-10")).GetAsync(entry.Id, Token));

        Assert.False(other.IsTransient);
        Assert.Contains("key '2026-10', which the test does not have", other.Message, StringComparison.Ordinal);
        Assert.Contains("no keys are configured", none.Message, StringComparison.Ordinal);
        Assert.Contains("another key of the same name", impostor.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"$mt":2,"data":"AAAA"}""", "format 2")]
    [InlineData("""{"$mt":1,"data":5}""", "damaged")]
    [InlineData("""{"$mt":1}""", "damaged")]
    [InlineData("""{"$mt":"x","data":"AAAA"}""", "damaged")]
    [InlineData("""{"$mt":1,"key":"2026-10","data":"AAAA"}""", "cut off")]
    [InlineData("""{"$mt":1,"zip":"lz4","data":"AAAA"}""", "compressed in a way")]
    [InlineData("""{"$mt":1,"zip":"br","data":"AAAA"}""", "cannot be read")]
    [InlineData("""{"$mt":1,"data":"AAAA"}""", "cannot be read")]
    public async Task Read_DamagedEnvelope_SaysSo(string json, string problem)
    {
        var entry = Entry(json);
        await _store.StoreAsync([entry], Token);

        var exception = await Assert.ThrowsAsync<MemoryBackendException>(async () => await Create(_first).GetAsync(entry.Id, Token));

        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
        Assert.Contains(entry.Id.ToString(), exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_ValueOfAnotherMemory_IsRefused()
    {
        var backend = Create(_first);
        var (one, two) = (Entry("1"), Entry("2"));
        await backend.StoreAsync([one, two], Token);
        var stolen = (await _store.GetAsync(two.Id, Token))!.Value;
        await _store.StoreAsync([(await _store.GetAsync(one.Id, Token))! with { Value = stolen }], Token);

        var exception = await Assert.ThrowsAsync<MemoryBackendException>(async () => await backend.GetAsync(one.Id, Token));

        Assert.Contains("was changed", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Store_LargeValue_IsCompressed(bool encrypted)
    {
        var backend = Create(encrypted ? _first : null, compressAbove: 1_000);
        var large = Entry(new JsonObject { ["text"] = string.Concat(Enumerable.Repeat("the same again ", 1_000)) }.ToJsonString());
        var small = Entry("""{"text":"small"}""");

        await backend.StoreAsync([large, small], Token);

        var raw = (await _store.GetAsync(large.Id, Token))!.Value.GetRawText();
        Assert.InRange(raw.Length, 1, 500);
        Assert.Equal(large.Value.GetRawText(), (await backend.GetAsync(large.Id, Token))!.Value.GetRawText());
        Assert.Equal(encrypted, (await _store.GetAsync(small.Id, Token))!.Value.TryGetProperty("$mt", out _));
    }

    [Fact]
    public async Task Store_Incompressible_StaysAsItIs()
    {
        var noise = new byte[3_000];
        new Random(7).NextBytes(noise);
        var entry = Entry($"\"{Convert.ToBase64String(noise)}\"");
        var backend = Create(null, compressAbove: 256);

        await backend.StoreAsync([entry], Token);

        Assert.Equal(entry.Value.GetRawText(), (await backend.GetAsync(entry.Id, Token))!.Value.GetRawText());
    }

    [Fact]
    public async Task Compress_OldValues_OnlyThoseOfTheTime()
    {
        var text = $"\"{new string('x', 2_000)}\"";
        var (old, young) = (Entry(text) with { CreatedAt = Any.Time.AddDays(-10) }, Entry(text));
        var backend = Create(_first);
        await backend.StoreAsync([old, young], Token);

        Assert.Equal(1, await backend.CompressAsync(null, Any.Time.AddDays(-7), Token));
        Assert.Equal(0, await backend.CompressAsync(null, Any.Time.AddDays(-7), Token));

        Assert.InRange((await _store.GetAsync(old.Id, Token))!.Value.GetRawText().Length, 1, 200);
        Assert.Equal(text, (await backend.GetAsync(old.Id, Token))!.Value.GetRawText());
    }

    [Fact]
    public async Task Change_Encrypted_SeesAndStoresTheValue()
    {
        var backend = Create(_first);
        var entry = Entry("1");
        await backend.StoreAsync([entry], Token);

        await backend.ChangeAsync(entry.Id, static current => [current! with { Value = JsonElement.Parse($"{current.Value.GetInt32() + 1}") }], Token);

        Assert.Equal(2, (await backend.GetAsync(entry.Id, Token))!.Value.GetInt32());
        Assert.True((await _store.GetAsync(entry.Id, Token))!.Value.TryGetProperty("key", out _));
    }

    [Theory]
    [InlineData("", "has no key")]
    [InlineData("# only a comment", "has no key")]
    [InlineData("no colon", "Key 1")]
    [InlineData("k:AAAA", "Key 1")]
    [InlineData("bad name:AAAA", "Key 1")]
    [InlineData("k:not base64!", "Key 1")]
    public void Parse_NoKeys_SaysWhatIsWrongWithoutTheKey(string text, string problem)
    {
        var exception = Assert.Throws<OptionsValidationException>(() => EncryptionKeys.Parse(text, "the test"));

        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("AAAA", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_SameNameTwice_IsRefused() =>
        Assert.Contains("two keys", Assert.Throws<OptionsValidationException>(() => EncryptionKeys.Parse($"{_first},{EncryptionKey.Generate("2026-10")}", "the test")).Message, StringComparison.Ordinal);

    [Fact]
    public void Load_MissingFile_SaysWhatThatMeans()
    {
        using var folder = new TemporaryDirectory();
        var options = new ProtectionOptions { KeyFile = Path.Combine(folder.Path, "missing") };

        var exception = Assert.Throws<OptionsValidationException>(() => EncryptionKeys.Load(options, folder.Path, NullLogger.Instance));

        Assert.Contains("what is encrypted cannot be read", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_FileOpenToOthers_Warns()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such permissions.");
            return;
        }

        using var folder = new TemporaryDirectory();
        var path = Path.Combine(folder.Path, "keys");
        File.WriteAllText(path, _first);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        using var logger = new CollectingLoggers(out _);

        var keys = EncryptionKeys.Load(new ProtectionOptions { KeyFile = path }, folder.Path, logger);
        File.SetUnixFileMode(path, UnixFileMode.UserRead);
        EncryptionKeys.Load(new ProtectionOptions { KeyFile = path }, folder.Path, logger);

        Assert.Equal("2026-10", keys!.Current.Name);
        Assert.Contains("chmod 600", Assert.Single(logger.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_OneValueCannotBeRead_ShowsTheOthersAndNoCiphertext()
    {
        var (lost, known) = (Entry("\"lost\""), Entry("\"known\""));
        await Create(_first).StoreAsync([lost], Token);
        await Create(_second).StoreAsync([known], Token);

        foreach (var backend in (ProtectingBackend[])[Create(_second), Create(null)])
        {
            var listed = await backend.QueryAsync(All, Token);
            var found = await backend.SearchAsync("build", All, Token);
            var many = await backend.GetManyAsync([lost.Id, known.Id], Token);

            Assert.Equal((2, 2, 2), (listed.Count, found.Count, many.Count));
            Assert.All(listed.Concat(found.Select(static hit => hit.Entry)).Concat(many), static entry =>
                Assert.False(ValueEnvelope.IsMarked(entry.Value)));
            Assert.True(UnreadableValue.Is(many.Single(entry => entry.Id == lost.Id).Value));
        }

        Assert.Equal("\"known\"", (await Create(_second).QueryAsync(All, Token)).Single(entry => entry.Id == known.Id).Value.GetRawText());
    }

    [Fact]
    public async Task Store_WhatStandsForAValueThatCannotBeRead_IsRefused()
    {
        var entry = Entry("\"lost\"");
        await Create(_first).StoreAsync([entry], Token);
        var shown = Assert.Single(await Create(_second).QueryAsync(All, Token));

        var refused = await Assert.ThrowsAsync<MemoryBackendException>(async () => await Create(_second).StoreAsync([shown], Token));

        Assert.False(refused.IsTransient);
        Assert.Equal("\"lost\"", (await Create(_first).GetAsync(entry.Id, Token))!.Value.GetRawText());
    }

    [Fact]
    public async Task Rotate_OneValueCannotBeRead_DoesTheOthersAndSaysSo()
    {
        var (lost, plain) = (Entry("\"lost\""), Entry("\"plain\""));
        await Create(_first).StoreAsync([lost], Token);
        await _store.StoreAsync([plain], Token);

        var failure = await Assert.ThrowsAsync<MemoryBackendException>(async () => await Create(_second).RotateAsync(null, Token));

        Assert.Contains(lost.Id.ToString(), failure.Message, StringComparison.Ordinal);
        Assert.True(ValueEnvelope.IsMarked((await _store.GetAsync(plain.Id, Token))!.Value));
        Assert.Equal("\"lost\"", (await Create(_first).GetAsync(lost.Id, Token))!.Value.GetRawText());
    }

    [Theory]
    [InlineData("api: {\"token\":\"canary-4711\"}", "{\"token\":\"canary-4711\"}", "api: {\"token\":\"…\"}")]
    [InlineData("api: canary-4711-and-a-long-tail", "\"canary-4711-and-a-long-tail-that-the-line-cuts\"", "api: …")]
    [InlineData("api: 4711 of 47110", "{\"pin\":4711}", "api: … of 47110")]
    [InlineData("api: nothing of it", "{\"a\":\"thin\",\"b\":true}", "api: nothing of it")]
    public async Task Store_LineRepeatsTheValue_OnlyWhenTheOptionSaysSo(string line, string json, string stored)
    {
        var entry = Entry(json) with { Key = "api", Content = line, TriggerType = null };

        await Create(_first).StoreAsync([entry], Token);
        Assert.Equal(stored, (await _store.GetAsync(entry.Id, Token))!.Content);

        await new ProtectingBackend(_store, new ValueProtection(EncryptionKeys.Parse(_first, "the test"), null, valuesInLines: true))
            .StoreAsync([entry], Token);
        Assert.Equal(line, (await _store.GetAsync(entry.Id, Token))!.Content);
    }

    [Fact]
    public async Task Preference_WithAKey_IsInNoFileAlsoAfterRotation()
    {
        var canary = new Canary("Zyqplmxkanary");
        using var folder = new TemporaryDirectory();
        var keys = folder.File("keys");
        await File.WriteAllTextAsync(keys, _first, Token);
        var options = new MemoryModuleOptions { Directory = folder.File("data"), Project = "shop" };
        await using (var open = await MemoryModule.OpenAsync(options, Token))
            await open.Preferences.SetAsync("plain", new Dictionary<string, string> { ["token"] = canary.Word }, Token);
        Assert.NotEmpty(canary.FilesIn(options.Directory));
        options.Protection.KeyFile = keys;
        await using var module = await MemoryModule.OpenAsync(options, Token);

        await module.Preferences.SetAsync("api", new Dictionary<string, string> { ["token"] = canary.Word }, Token);
        Assert.Equal(1, await module.RotateKeysAsync(cancellationToken: Token));

        Assert.Empty(canary.FilesIn(options.Directory));
        Assert.Equal(canary.Word, (await module.Preferences.GetAsync<Dictionary<string, string>>("plain", Token))!["token"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("ü")]
    public void Generate_BadName_IsRefused(string name) => Assert.Throws<ArgumentException>(() => EncryptionKey.Generate(name));

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private static MemoryEntry Entry(string json) => Any.Entry() with { Value = JsonElement.Parse(json) };

    private ProtectingBackend Create(string? keys, int? compressAbove = null) =>
        new(_store, new ValueProtection(keys is null ? null : EncryptionKeys.Parse(keys, "the test"), compressAbove));

    private sealed class CountingProgress : IProgress<long>
    {
        public long Last { get; private set; }

        public void Report(long value) => Last = value;
    }
}
