using System.Globalization;
using System.Text;

namespace MemoryTriggers.Hooks;

/// <summary>Content and metadata of events stay within their limits, cut with a mark and between characters.</summary>
[Collection(nameof(ProcessWide))]
public sealed class HookLimitsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Shape_OfAHugeMessage_IsShort() => Assert.InRange(MessageShape.Of(new string('x', 1_000_000) + " " + new string('y', 1_000_000)).Length, 1, 512);

    [Fact]
    public async Task Content_PastTheLimitOfOneString_IsKeptWhole()
    {
        using var harness = new HookHarness();
        var learned = string.Concat(Enumerable.Repeat("häß🙂", 1_900));

        await harness.Hooks.OnKnowledgeCapturedAsync("long", learned, Token);

        Assert.Equal("Knowledge captured: long. Content: " + learned, harness.Single().Content);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("🙂")]
    [InlineData("👩‍👩‍👧")]
    [InlineData("e\u0301")]
    public async Task Content_PastItsLimit_IsCutBetweenCharactersAndMarked(string character)
    {
        for (var limit = 64; limit < 80; limit++)
        {
            using var harness = new HookHarness(options => options.MaxContentLength = limit);

            await harness.Hooks.OnKnowledgeCapturedAsync("t", string.Concat(Enumerable.Repeat(character, 100)), Token);

            var content = harness.Single().Content;
            var kept = content["Knowledge captured: t. Content: ".Length..content.IndexOf('…', StringComparison.Ordinal)];
            Assert.InRange(content.Length, limit - character.Length, limit);
            Assert.EndsWith($"… [{32 + 100 * character.Length} characters]", content, StringComparison.Ordinal);
            Assert.Equal(kept, string.Concat(Enumerable.Repeat(character, kept.Length / character.Length)));
        }
    }

    [Theory]
    [InlineData("x")]
    [InlineData("ß")]
    [InlineData("漢")]
    [InlineData("🙂")]
    [InlineData("👩‍👩‍👧")]
    [InlineData("e\u0301")]
    public async Task Metadata_TextPastTheLimit_IsCutBetweenCharactersAndMarked(string character)
    {
        using var harness = new HookHarness(static options => options.MaxMetadataSize = 256);
        var text = string.Concat(Enumerable.Repeat(character, 1_000));

        await harness.Hooks.PublishAsync(new() { Type = HookType.DecisionPoint, Subject = "d", Metadata = new Dictionary<string, object?> { ["note"] = text } }, Token);

        var note = harness.Single().Value.GetProperty("metadata").GetProperty("note").GetString()!;
        Assert.EndsWith($"… [{text.Length} characters]", note, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(note), 100, 256);
        Assert.DoesNotContain("\uFFFD", note, StringComparison.Ordinal);
        var kept = note[..note.IndexOf('…', StringComparison.Ordinal)];
        Assert.Equal(string.Concat(Enumerable.Repeat(character, kept.Length / character.Length)), kept);
    }

    [Theory]
    [InlineData("🙂")]
    [InlineData("👩‍👩‍👧")]
    public async Task Content_PastTheLimitsOfBothRecordAndLine_IsCutBetweenCharacters(string character)
    {
        using var harness = new HookHarness(static options => options.MaxContentLength = 9_001);

        await harness.Hooks.OnKnowledgeCapturedAsync("t", string.Concat(Enumerable.Repeat(character, 9_000)), Token);

        var content = harness.Single().Content;
        var kept = content["Knowledge captured: t. Content: ".Length..content.IndexOf('…', StringComparison.Ordinal)];
        Assert.InRange(content.Length, 9_001 - character.Length, 9_001);
        Assert.Equal(string.Concat(Enumerable.Repeat(character, kept.Length / character.Length)), kept);
    }

    [Fact]
    public async Task Metadata_ThatDoesNotFit_IsLeftOutAndCounted()
    {
        using var harness = new HookHarness(static options => options.MaxMetadataSize = 256);
        var metadata = new Dictionary<string, object?> { ["first"] = 1, ["many"] = Enumerable.Repeat("0123456789012345678901234567890123456789", 10).ToArray(), ["last"] = 2 };

        await harness.Hooks.PublishAsync(new() { Type = HookType.DecisionPoint, Subject = "d", Metadata = metadata }, Token);

        var kept = harness.Single().Value.GetProperty("metadata");
        Assert.Equal((1, 2, 1), (kept.GetProperty("first").GetInt32(), kept.GetProperty("last").GetInt32(), kept.GetProperty("metadata_omitted").GetInt32()));
        Assert.False(kept.TryGetProperty("many", out _));
    }

    [Fact]
    public async Task Metadata_UnderASecretName_IsNotKept()
    {
        using var harness = new HookHarness();

        await harness.Hooks.PublishAsync(new() { Type = HookType.DecisionPoint, Subject = "d", Metadata = new Dictionary<string, object?> { ["api_key"] = "canary-1" } }, Token);

        Assert.DoesNotContain("canary-1", harness.Single().Value.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metadata_ThatThrows_DoesNotReachTheCaller()
    {
        using var harness = new HookHarness();

        Assert.False(await harness.Hooks.PublishAsync(new() { Type = HookType.DecisionPoint, Subject = "d", Metadata = new ThrowingMetadata() }, Token));
        Assert.Equal(1, harness.Hooks.GetStatistics().CaptureFaults);
    }

    [Theory]
    [InlineData("Order 17 of 2026-01-02 failed", "Order # of # failed")]
    [InlineData("no key a1b2-c3 in user_7", "no key # in #")]
    [InlineData("", "")]
    [InlineData("plain", "plain")]
    public void MessageShape_OfMessages_HasNoNumbers(string message, string shape) => Assert.Equal(shape, MessageShape.Of(message));

    [Fact]
    public void Limiter_Repeats_PassOnceAWindowAndAreCounted()
    {
        var time = new TestKit.ManualTimeProvider();
        var limiter = new HookLimiter(60, TimeSpan.FromMinutes(1), time);

        Assert.Equal(new HookPass(0, 0), limiter.TryPass("a"));
        for (var repeat = 0; repeat < 5; repeat++) Assert.Null(limiter.TryPass("a"));
        time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(new HookPass(5, 0), limiter.TryPass("a"));
    }

    [Fact]
    public void Limiter_TooMany_PassesSoManyAMinuteAndCountsTheOthers()
    {
        var time = new TestKit.ManualTimeProvider();
        var limiter = new HookLimiter(10, TimeSpan.FromMinutes(1), time);

        var passed = Enumerable.Range(0, 5_000).Count(number => limiter.TryPass(number.ToString(CultureInfo.InvariantCulture)) is not null);
        time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(10, passed);
        Assert.Equal(new HookPass(0, 4_990), limiter.TryPass("another"));
    }

    private sealed class ThrowingMetadata : IReadOnlyDictionary<string, object?>
    {
        public object? this[string key] => throw new NotSupportedException();

        public IEnumerable<string> Keys => throw new NotSupportedException();

        public IEnumerable<object?> Values => throw new NotSupportedException();

        public int Count => throw new NotSupportedException();

        public bool ContainsKey(string key) => throw new NotSupportedException();

        public bool TryGetValue(string key, out object? value) => throw new NotSupportedException();

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => throw new NotSupportedException();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => throw new NotSupportedException();
    }
}
