using System.Text;
using System.Text.Json;
using MemoryTriggers.Duplicates;
using MemoryTriggers.Recall;
using MemoryTriggers.TestKit;
using MemoryTriggers.Problems;

namespace MemoryTriggers.Runtime.Tests.Memories;

public sealed class TransferTests : IAsyncDisposable
{
    private static readonly MemoryQuery All = new() { AllProjects = true, Limit = 1_000 };
    private readonly ManualTimeProvider _time = new();
    private readonly InMemoryMemoryBackend _from = new();
    private readonly InMemoryMemoryBackend _to = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Export_ThenImport_IsTheSame()
    {
        var entries = Enumerable.Range(0, 2_345).Select(static number => Any.Entry($"žluťoučký\n{number} 推送 👍🏽 \0") with
        {
            Value = JsonSerializer.SerializeToElement(new { text = new string('x', number % 100) }), Tags = ["a", $"{number}"], Project = number % 2 == 0 ? "shop" : "bank",
            SupersededBy = number % 10 == 0 ? Any.Id() : null, Occurrences = 1 + number, ExpiresAt = Any.Time.AddYears(-1), QualityScore = 0.1, Duration = TimeSpan.FromTicks(number),
            Provenance = new Provenance { SessionId = "s", Module = "m" },
        }).ToList();
        foreach (var batch in entries.Chunk(500)) await _from.StoreAsync(batch, Token);
        using var file = new MemoryStream();

        Assert.Equal(2_345, await Module(_from).ExportAsync(file, cancellationToken: Token));
        file.Position = 0;
        var result = await Module(_to).ImportAsync(file, cancellationToken: Token);

        Assert.Equal((2_345, 0, 0), result);
        foreach (var entry in entries)
        {
            var read = await _to.GetAsync(entry.Id, Token);
            Assert.Equal(entry.Value.GetRawText(), read!.Value.GetRawText());
            Assert.Equal(entry.Tags, read.Tags);
            Assert.Equal(entry with { Value = default, Tags = [] }, read with { Value = default, Tags = [] });
        }
    }

    [Fact]
    public async Task Export_WithAQuery_OnlyWhatItAsksFor()
    {
        await _from.StoreAsync([Any.Entry("1"), Any.Entry("2") with { Project = "bank" }, Any.Entry("3") with { SupersededBy = Any.Id() }], Token);
        using var file = new MemoryStream();
        var seen = 0L;

        await Module(_from).ExportAsync(file, new MemoryQuery { Project = "shop" }, new Reporter(count => seen = count), Token);

        var line = Assert.Single(Encoding.UTF8.GetString(file.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal("1", JsonElement.Parse(line).GetProperty("content").GetString());
        Assert.Equal(1, seen);
    }

    [Fact]
    public async Task Import_Again_ChangesNothing()
    {
        var lines = await ExportAsync(Any.Entry("one"), Any.Entry("two"));

        await ImportAsync(lines);
        await ImportAsync(lines);

        Assert.Equal(2, await _to.CountAsync(All, Token));
    }

    [Fact]
    public async Task Import_KeepExisting_LeavesThemAlone()
    {
        var entry = Any.Entry("exported");
        var lines = await ExportAsync(entry, Any.Entry("new"));
        await _to.StoreAsync([entry with { Content = "changed since" }], Token);

        Assert.Equal((1, 1, 0), await ImportAsync(lines, new ImportOptions { ReplaceExisting = false }));

        Assert.Equal("changed since", (await _to.GetAsync(entry.Id, Token))!.Content);
        Assert.Equal((2, 0, 0), await ImportAsync(lines));
        Assert.Equal("exported", (await _to.GetAsync(entry.Id, Token))!.Content);
    }

    [Theory]
    [InlineData("{", "it is no valid JSON at byte 2")]
    [InlineData("null", "an object in braces is expected, and it is null")]
    [InlineData("[1]", "an object in braces is expected, and it is a list")]
    [InlineData("""{"id":"x","key":"k","content":"c","created_at":"2026-01-01T00:00:00Z"}""", "the property 'id' is not an id such as")]
    [InlineData("""{"key":"k","content":"c"}""", "the property 'id' is missing; expected is an id such as")]
    [InlineData("""{"id":"019aa4f0-0000-7000-8000-000000000001","key":null,"content":"c"}""", "the property 'key' is missing; expected is text")]
    [InlineData("""{"id":"019aa4f0-0000-7000-8000-000000000001","key":"k","content":"c","created_at":"2026-01-01T00:00:00Z","occurrences":0}""", "the property 'occurrences' is not a whole number, 1 or more")]
    [InlineData("""{"id":"019aa4f0-0000-7000-8000-000000000001","key":"k","content":"c","created_at":"2026-01-01T00:00:00Z","occurrences":"x"}""", "the property 'occurrences' is not a whole number, 1 or more")]
    [InlineData("""{"id":"019aa4f0-0000-7000-8000-000000000001","key":"k","content":"c","created_at":"2026-01-01T00:00:00Z","tags":["a",null]}""", "the property 'tags' is not a list of texts")]
    [InlineData("""{"id":"019aa4f0-0000-7000-8000-000000000001","key":"k","content":"c","created_at":"2026-01-01T00:00:00Z","tags":["a",1]}""", "the property 'tags[1]' is not a list of texts")]
    [InlineData("""{"id":"019aa4f0-0000-7000-8000-000000000001","key":"k","content":"c","created_at":"2026-01-01T00:00:00Z","outcome":"x"}""", "the property 'outcome' is not one of success, failure, canceled, abandoned")]
    [InlineData("""{"id":"019aa4f0-0000-7000-8000-000000000001","key":"k","content":"c","created_at":"2026-01-01T00:00:00Z","priority":2}""", "the property 'priority' is not one of ")]
    [InlineData("""{"id":"019aa4f0-0000-7000-8000-000000000001","key":"k","content":"c","created_at":"2026-01-01T00:00:00Z","duration":"x"}""", "the property 'duration' is not a duration such as")]
    [InlineData("""{"id":"019aa4f0-0000-7000-8000-000000000001","key":"k","content":"c","created_at":"2026-01-01T00:00:00Z","expires_at":"x"}""", "the property 'expires_at' is not a time such as")]
    [InlineData("""{"id":"019aa4f0-0000-7000-8000-000000000001","key":"k","content":"c","created_at":"2026-01-01T00:00:00Z","provenance":"x"}""", "the property 'provenance' is not an object in braces")]
    [InlineData("""{"id":"019aa4f0-0000-7000-8000-000000000001","key":"k","content":"c","created_at":"2026-01-01T00:00:00Z","provenance":{"module":1}}""", "the property 'provenance.module' is not text in quotes")]
    [InlineData("""{"id":"019aa4f0-0000-7000-8000-000000000001","key":"k","content":"c","created_at":"2026-01-01T00:00:00Z","\ud800":1}""", "the name of a property is no valid Unicode")]
    [InlineData("""{"id":"019aa4f0-0000-7000-8000-000000000001","key":"k","content":"c","created_at":"2026-01-01T00:00:00Z","source":"\ud800"}""", "the property 'source' is not text in quotes")]
    public async Task Import_BadLine_SaysWhichAndKeepsWhatIsBefore(string bad, string problem)
    {
        var lines = (await ExportAsync(Any.Entry("good"))).TrimEnd('\n') + "\n" + bad + "\n\n  \r\n" + await ExportAsync(Any.Entry("after"));

        var exception = await Assert.ThrowsAsync<FormatException>(() => ImportAsync(lines));
        var result = await ImportAsync(lines, new ImportOptions { SkipInvalid = true });

        Assert.StartsWith("Line 2 is no memory: " + problem, exception.Message, StringComparison.Ordinal);
        Assert.EndsWith(". The lines before it are imported.", exception.Message, StringComparison.Ordinal);
        Assert.Equal((2, 0, 1), result);
    }

    [Theory]
    [InlineData("")]
    [InlineData(""","category":null,"tags":null,"project":null,"source":null,"occurrences":null,"provenance":null,"value":null""")]
    [InlineData(""","provenance":{"module":null}""")]
    public async Task Import_WithoutOptionalProperties_HasTheirDefaults(string rest)
    {
        var id = Guid.Parse("019aa4f0-0000-7000-8000-000000000001");

        await ImportAsync("""{"id":"019aa4f0-0000-7000-8000-000000000001","key":"k","content":"c","created_at":"2026-01-01T00:00:00Z" """ + rest + "}");

        var read = await _to.GetAsync(id, Token);
        var time = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var expected = new MemoryEntry { Id = id, Key = "k", Content = "c", CreatedAt = time, UpdatedAt = time };
        Assert.NotNull(read);
        Assert.Equal("{}", read.Value.GetRawText());
        Assert.Empty(read.Tags);
        Assert.Equal(expected with { Value = default, Tags = [] }, read with { Value = default, Tags = [] });
    }

    [Fact]
    public async Task Import_PartOfTheProperties_KeepsTheValueToTheCharacter()
    {
        const string Value = """{ "a" : null, "b" : [1.50, "\u00e9"] }""";

        await ImportAsync("""{"id":"019aa4f0-0000-7000-8000-000000000001","key":"k","content":"c","created_at":"2026-01-01T00:00:00Z","value":""" +
            Value + "}");

        var read = await _to.GetAsync(Guid.Parse("019aa4f0-0000-7000-8000-000000000001"), Token);
        Assert.Equal(Value, read!.Value.GetRawText());
    }

    [Fact]
    public async Task Import_LineWithoutEnd_IsRead()
    {
        Assert.Equal((1, 0, 0), await ImportAsync((await ExportAsync(Any.Entry())).TrimEnd('\n')));
        Assert.Equal((0, 0, 0), await ImportAsync(""));
        Assert.Equal((1, 0, 0), await ImportAsync((await ExportAsync(Any.Entry())).Replace("\n", "\r\n", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Import_EndlessLine_IsRefused()
    {
        var exception = await Assert.ThrowsAsync<FormatException>(() => ImportAsync(new string('x', 200_000), new ImportOptions { MaxLineBytes = 100_000 }));

        Assert.StartsWith("Line 1 is longer than 100000 bytes", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_WhereRepeatsAreCounted_KeepsEachMemory()
    {
        var (one, two) = (Any.Entry("the same"), Any.Entry("the same"));
        var lines = await ExportAsync(one, two);
        await using var backend = new DeduplicatingBackend(_to, new DuplicateOptions { Window = TimeSpan.FromDays(1) }, null, ProblemLog.At(null, _time), _time);

        await Module(backend).ImportAsync(new MemoryStream(Encoding.UTF8.GetBytes(lines)), cancellationToken: Token);

        Assert.Equal(2, await _to.CountAsync(All, Token));
    }

    public async ValueTask DisposeAsync()
    {
        await _from.DisposeAsync();
        await _to.DisposeAsync();
    }

    private async Task<string> ExportAsync(params MemoryEntry[] entries)
    {
        await using var store = new InMemoryMemoryBackend();
        await store.StoreAsync(entries, Token);
        using var file = new MemoryStream();
        await Module(store).ExportAsync(file, cancellationToken: Token);
        return Encoding.UTF8.GetString(file.ToArray());
    }

    private Task<(long Stored, long Kept, long Skipped)> ImportAsync(string lines, ImportOptions? options = null) =>
        Module(_to).ImportAsync(new MemoryStream(Encoding.UTF8.GetBytes(lines)), options, cancellationToken: Token);

    private MemoryModule Module(IMemoryBackend backend) => new(backend, new MemoryRecall(backend, null, _time), null, _time);

    private sealed class Reporter(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }
}
