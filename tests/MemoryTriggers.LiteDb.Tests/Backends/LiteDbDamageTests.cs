using System.Text.Json;
using LiteDB;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Tests.Backends;

public sealed class LiteDbDamageTests : IDisposable
{
    private const int Count = 600;
    private static readonly MemoryQuery All = new() { AllProjects = true, Limit = 1_000 };
    private readonly LiteDbFile _file = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("this is no database")]
    public async Task Initialize_NotADatabase_MovesItAsideAndStartsFresh(string line)
    {
        var content = string.Join('\n', Enumerable.Repeat(line, 1_000));
        await File.WriteAllTextAsync(_file.Path, content, Token);

        await using var backend = await _file.OpenAsync();
        await backend.StoreAsync([Any.Entry()], Token);

        Assert.Equal(1, await backend.CountAsync(All, Token));
        Assert.Equal(backend.Recovery, (await backend.CheckHealthAsync(Token)).Description);
        Assert.Contains("0 memories were saved", backend.Recovery, StringComparison.Ordinal);
        var damaged = Assert.Single(_file.SetAside);
        Assert.Equal(content, await File.ReadAllTextAsync(damaged, Token));
    }

    [Theory]
    [InlineData("header", 0x5A, Count)]
    [InlineData("header", 0, Count)]
    [InlineData("collection", 0x5A, Count)]
    [InlineData("index", 0, Count)]
    [InlineData("documents", 0x5A, Count - 10)]
    public async Task Initialize_BadPageAfterUncleanEnd_SavesTheOtherEntries(string kind, byte with, int least)
    {
        var entries = await StoreManyAsync();
        var page = kind switch
        {
            "header" => 0,
            "collection" => _file.Pages(2)[0],
            "index" => _file.Pages(3)[3],
            _ => _file.Pages(4)[_file.Pages(4).Count / 2],
        };
        _file.Overwrite(page, with);
        await File.WriteAllBytesAsync(_file.Journal, [], Token);

        await using var backend = await _file.OpenAsync();

        var saved = await backend.CountAsync(All, Token);
        Assert.InRange(saved, least, kind == "documents" ? Count - 1 : Count);
        Assert.Contains($"{saved} memories", backend.Recovery, StringComparison.Ordinal);
        Assert.Equal(entries[0].Content, (await backend.GetAsync(entries[0].Id, Token))!.Content);
        Assert.Equal(entries[^1].Content, (await backend.GetAsync(entries[^1].Id, Token))!.Content);
        Assert.Single(_file.SetAside);
    }

    [Fact]
    public async Task Initialize_TruncatedFile_SavesWhatIsLeft()
    {
        var entries = await StoreManyAsync();
        using (var stream = new FileStream(_file.Path, FileMode.Open)) stream.SetLength(stream.Length / 2 + 100);
        await File.WriteAllBytesAsync(_file.Journal, [], Token);

        await using var backend = await _file.OpenAsync();

        Assert.InRange(await backend.CountAsync(All, Token), Count / 4, Count - 1);
        Assert.NotNull(await backend.GetAsync(entries[0].Id, Token));
        Assert.NotNull(backend.Recovery);
    }

    [Fact]
    public async Task Use_BadPageFoundWhileOpen_IsAnOutageOnceAndRepairedWithTheNextCall()
    {
        await StoreManyAsync();
        await using var backend = await _file.OpenAsync();
        _file.Overwrite(_file.Pages(4)[5]);

        var failure = await Assert.ThrowsAsync<MemoryBackendException>(async () => await backend.GetStatisticsAsync(All, Token));

        Assert.True(failure.IsTransient);
        Assert.InRange(await backend.CountAsync(All, Token), Count - 10, Count - 1);
        await backend.StoreAsync([Any.Entry()], Token);
        Assert.Contains("was damaged", (await backend.CheckHealthAsync(Token)).Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Initialize_DamagedJournal_KeepsItAsideAndSavesWhatIsBeforeTheDamage()
    {
        var (journal, database) = await LeaveJournalAsync();
        var middle = journal.Length / 2;
        journal.AsSpan(middle, 100).Fill(0x5A);
        await File.WriteAllBytesAsync(_file.Path, database, Token);
        await File.WriteAllBytesAsync(_file.Journal, journal, Token);

        await using var backend = await _file.OpenAsync();

        Assert.InRange(await backend.CountAsync(All, Token), 1, 39);
        Assert.NotNull(backend.Recovery);
        Assert.Equal(journal, await File.ReadAllBytesAsync(Assert.Single(Directory.GetFiles(_file.Directory, "*.damaged-*-journal")), Token));
    }

    [Fact]
    public async Task Initialize_JournalCutAnywhere_HasWholeBatchesAndIsNotDamaged()
    {
        var (journal, database) = await LeaveJournalAsync();
        foreach (var part in Enumerable.Range(0, 12))
        {
            await File.WriteAllBytesAsync(_file.Path, database, Token);
            await File.WriteAllBytesAsync(_file.Journal, journal[..(journal.Length * part / 12)], Token);

            await using var backend = await _file.OpenAsync();

            Assert.Equal(0, await backend.CountAsync(All, Token) % 4);
            Assert.Null(backend.Recovery);
        }
    }

    [Fact]
    public async Task Store_FileRemovedWhileOpen_IsSeenAndGoesOnInANewOne()
    {
        await using var backend = await _file.OpenAsync();
        await backend.StoreAsync(Any.Entries(5), Token);
        File.Delete(_file.Path);

        await backend.StoreAsync(Any.Entries(3), Token);

        Assert.True(File.Exists(_file.Path));
        Assert.Equal(3, await backend.CountAsync(All, Token));
        Assert.Contains("replaced or removed", (await backend.CheckHealthAsync(Token)).Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_FileReplacedWhileOpen_UsesTheOneThatIsThere()
    {
        using var other = new LiteDbFile();
        await using (var source = await other.OpenAsync()) await source.StoreAsync(Any.Entries(7), Token);
        await using var backend = await _file.OpenAsync();
        await backend.StoreAsync(Any.Entries(5), Token);
        File.Move(other.Path, _file.Path, overwrite: true);

        await backend.StoreAsync(Any.Entries(1), Token);

        Assert.Equal(8, await backend.CountAsync(All, Token));
        Assert.NotNull(backend.Recovery);
    }

    [Fact]
    public async Task Initialize_FileOfAnotherProgram_IsRefusedAndUntouched()
    {
        using (var theirs = new LiteDatabase(_file.Path)) theirs.GetCollection("orders").Insert(new BsonDocument { ["total"] = 12 });
        var before = await File.ReadAllBytesAsync(_file.Path, Token);

        var refusal = await Assert.ThrowsAsync<MemoryBackendException>(() => _file.OpenAsync());

        Assert.False(refusal.IsTransient);
        Assert.Contains("another program", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(_file.Path, Token));
    }

    [Fact]
    public async Task Initialize_FileOfANewerVersion_IsRefusedAndUntouched()
    {
        await (await _file.OpenAsync()).DisposeAsync();
        using (var newer = new LiteDatabase(new ConnectionString { Filename = _file.Path, Collation = Collation.Binary }))
        {
            newer.UserVersion = 3;
            newer.Checkpoint();
        }


        var refusal = await Assert.ThrowsAsync<MemoryBackendException>(() => _file.OpenAsync());

        Assert.Contains("version 3", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Initialize_FileBeforeUsers_TakesThemFromTheContext()
    {
        var old = Any.Entry() with { TriggerType = TriggerType.ErrorResolution, Value = Json("""{"context":{"user_id":"ann"}}""") };
        var others = new[]
        {
            Any.Entry() with { Value = old.Value },
            Any.Entry() with { TriggerType = old.TriggerType, Value = Json("""{"arguments":{"user_id":"eve"}}""") },
        };
        await using (var backend = await _file.OpenAsync()) await backend.StoreAsync([old, .. others], Token);
        using (var older = new LiteDatabase(new ConnectionString { Filename = _file.Path, Collation = Collation.Binary }))
        {
            older.UserVersion = 1;
            older.Checkpoint();
        }

        await using var opened = await _file.OpenAsync();

        Assert.Equal(old.Id, Assert.Single(await opened.QueryAsync(All with { UserId = "ann" }, Token)).Id);
        Assert.Equal(2, await opened.CountAsync(All with { VisibleTo = "bob" }, Token));

        static JsonElement Json(string text) => JsonElement.Parse(text);
    }

    [Fact]
    public async Task Initialize_PathIsADirectory_FailsClearly()
    {
        Directory.CreateDirectory(_file.Path);

        var failure = await Assert.ThrowsAsync<MemoryBackendException>(() => _file.OpenAsync());

        Assert.Contains("open the database", failure.Message, StringComparison.Ordinal);
        Assert.True(Directory.Exists(_file.Path));
    }

    private async Task<IReadOnlyList<MemoryEntry>> StoreManyAsync()
    {
        var entries = Enumerable.Range(0, Count).Select(static i => Any.Entry($"Entry {i} {new string('x', 800)}")).ToList();
        await using var backend = await _file.OpenAsync();
        await backend.StoreAsync(entries, Token);
        return entries;
    }

    // As a killed process leaves it: ten batches of four in the journal, none in the database.
    private async Task<(byte[] Journal, byte[] Database)> LeaveJournalAsync()
    {
        await (await _file.OpenAsync()).DisposeAsync();
        var database = await File.ReadAllBytesAsync(_file.Path, Token);
        await using var backend = await _file.OpenAsync();
        for (var batch = 0; batch < 10; batch++) await backend.StoreAsync(Any.Entries(4), Token);
        return (await File.ReadAllBytesAsync(_file.Journal, Token), database);
    }
}
