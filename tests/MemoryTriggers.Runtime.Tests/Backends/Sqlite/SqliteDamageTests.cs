using System.Text;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Runtime.Tests.Backends;

public sealed class SqliteDamageTests
{
    private const int PageSize = 4_096;
    private static readonly MemoryQuery All = new() { AllProjects = true, Limit = 1_000 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Initialize_NotADatabase_MovesItAsideAndStartsFresh()
    {
        using var file = new SqliteFile();
        var content = string.Join('\n', Enumerable.Repeat("this is no database", 1_000));
        await File.WriteAllTextAsync(file.Path, content, Token);

        await using var backend = await file.OpenAsync();
        await backend.StoreAsync([Any.Entry()], Token);

        Assert.Equal(1, await backend.CountAsync(All, Token));
        Assert.NotNull(backend.Recovery);
        Assert.Equal(backend.Recovery, (await backend.CheckHealthAsync(Token)).Description);
        var damaged = Assert.Single(Directory.GetFiles(file.Directory, "memory.db.damaged-*"));
        Assert.Equal(content, await File.ReadAllTextAsync(damaged, Token));
    }

    [Fact]
    public async Task Initialize_BadPagesAfterUncleanEnd_SavesTheOtherEntries()
    {
        using var file = new SqliteFile();
        var entries = Enumerable.Range(0, 600).Select(i => Any.Entry($"Entry {i} {new string('x', 800)}")).ToList();
        await using (var before = await file.OpenAsync()) await before.StoreAsync(entries, Token);
        file.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        var pages = LeafPagesWith(file.Path, new string('x', 800));
        Overwrite(file.Path, pages[pages.Count / 3]);
        Overwrite(file.Path, pages[2 * pages.Count / 3]);
        await File.WriteAllBytesAsync(file.Path + "-wal", [], Token);

        await using var backend = await file.OpenAsync();

        var saved = await backend.CountAsync(All, Token);
        Assert.InRange(saved, 600 - 2 * 5, 598);
        Assert.Contains($"{saved} memories", backend.Recovery, StringComparison.Ordinal);
        Assert.NotNull(await backend.GetAsync(entries[0].Id, Token));
        Assert.NotNull(await backend.GetAsync(entries[300].Id, Token));
        Assert.NotNull(await backend.GetAsync(entries[599].Id, Token));
        Assert.Empty(await backend.CheckIntegrityAsync(Token));
    }

    [Fact]
    public async Task Initialize_DamagedWhileOpenElsewhere_RefusesAndMovesNothing()
    {
        using var file = new SqliteFile();
        await using var owner = await file.OpenAsync();
        file.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        Overwrite(file.Path, 1);

        var exception = await Assert.ThrowsAsync<MemoryBackendException>(() => file.OpenAsync());

        Assert.Contains("another process", exception.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(file.Directory, "*.damaged-*"));
    }

    [Fact]
    public async Task Initialize_CleanShutdown_LeavesNoLog()
    {
        using var file = new SqliteFile();
        await using (var backend = await file.OpenAsync())
        {
            await backend.StoreAsync([Any.Entry()], Token);
            await backend.CountAsync(All, Token);
            Assert.True(File.Exists(file.Path + "-wal"));
        }

        Assert.False(File.Exists(file.Path + "-wal"));
        await using var again = await file.OpenAsync();
        Assert.Null(again.Recovery);
    }

    [Fact]
    public async Task Store_FindsDamage_SavesTheOtherEntriesAndStoresInAFreshFile()
    {
        using var file = new SqliteFile();
        var entries = Enumerable.Range(0, 600).Select(i => Any.Entry($"Entry {i} {new string('x', 800)}")).ToList();
        await using (var before = await file.OpenAsync()) await before.StoreAsync(entries, Token);
        await using var backend = await file.OpenAsync();
        OverwriteIndexes(file.Path);

        var added = Enumerable.Range(0, 200).Select(i => Any.Entry($"Added {i}")).ToList();
        await backend.StoreAsync(added, Token);

        Assert.Equal(800, await backend.CountAsync(All, Token));
        Assert.Contains("600 memories", backend.Recovery, StringComparison.Ordinal);
        Assert.Empty(await backend.CheckIntegrityAsync(Token));
        Assert.Contains(Directory.GetFiles(file.Directory), static path => path.Contains("memory.db.damaged-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Read_FindsDamage_TheNextWriteRepairs()
    {
        using var file = new SqliteFile();
        await using (var before = await file.OpenAsync()) await before.StoreAsync([.. Enumerable.Range(0, 600).Select(static i => Any.Entry($"Entry {i} {new string('x', 800)}"))], Token);
        await using var backend = await file.OpenAsync();
        var pages = LeafPagesWith(file.Path, new string('x', 800));
        Overwrite(file.Path, pages[pages.Count / 2]);

        var failure = await Assert.ThrowsAsync<MemoryBackendException>(async () => await backend.QueryAsync(All with { Limit = 600 }, Token));
        Assert.True(failure.IsTransient);
        await backend.StoreAsync([Any.Entry()], Token);

        Assert.InRange(await backend.CountAsync(All, Token), 600 - 5 + 1, 600);
        Assert.NotNull(backend.Recovery);
    }

    [Fact]
    public async Task Store_DamagedWhileOpenElsewhere_FailsUntilTheOtherHasClosed()
    {
        using var file = new SqliteFile();
        await using var backend = await file.OpenAsync();
        var other = await file.OpenAsync();
        await backend.StoreAsync([.. Enumerable.Range(0, 600).Select(static i => Any.Entry($"Entry {i} {new string('x', 800)}"))], Token);
        file.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        OverwriteIndexes(file.Path);
        var late = Any.Entry();

        var failure = await Assert.ThrowsAsync<MemoryBackendException>(async () => await backend.StoreAsync([late], Token));
        Assert.True(failure.IsTransient);
        Assert.Contains("another process", failure.InnerException!.Message, StringComparison.Ordinal);
        await other.DisposeAsync();
        await backend.StoreAsync([late], Token);

        Assert.Equal(601, await backend.CountAsync(All, Token));
    }

    [Fact]
    public async Task Initialize_FileShorterThanItsHeaderSays_SavesWhatIsThere()
    {
        using var file = new SqliteFile();
        await using (var before = await file.OpenAsync()) await before.StoreAsync([.. Enumerable.Range(0, 600).Select(static i => Any.Entry($"Entry {i} {new string('x', 800)}"))], Token);
        var pages = LeafPagesWith(file.Path, new string('x', 800));
        using (var stream = new FileStream(file.Path, FileMode.Open)) stream.SetLength(pages[^10] * (long)PageSize);

        await using var backend = await file.OpenAsync();

        Assert.InRange(await backend.CountAsync(All, Token), 500, 599);
        Assert.Empty(await backend.CheckIntegrityAsync(Token));
    }

    [Fact]
    public async Task Initialize_PathBelowAFile_FailsClearly()
    {
        using var file = new SqliteFile();
        await File.WriteAllTextAsync(file.Path, "", Token);

        var exception = await Assert.ThrowsAsync<MemoryBackendException>(
            () => file.OpenAsync(options => options.Path = Path.Combine(file.Path, "below", "memory.db")));

        Assert.Contains("open the database", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Initialize_PathIsADirectory_FailsClearly()
    {
        using var file = new SqliteFile();
        Directory.CreateDirectory(file.Path);

        var exception = await Assert.ThrowsAsync<MemoryBackendException>(() => file.OpenAsync());

        Assert.Equal("sqlite", exception.BackendName);
        Assert.True(Directory.Exists(file.Path));
    }

    // The first byte of a page tells its kind: 13 is a leaf of a table (https://sqlite.org/fileformat2.html#b_tree_pages).
    private static List<int> LeafPagesWith(string path, string text)
    {
        const byte LeafOfTable = 13;
        var file = File.ReadAllBytes(path);
        var sought = Encoding.UTF8.GetBytes(text);
        return Enumerable.Range(0, file.Length / PageSize)
            .Where(page => file[page * PageSize] == LeafOfTable && file.AsSpan(page * PageSize, PageSize).IndexOf(sought) >= 0)
            .Select(static page => page + 1)
            .ToList();
    }

    // Pages of indexes: kind 10 is a leaf, 2 an inner page.
    private static void OverwriteIndexes(string path)
    {
        var file = File.ReadAllBytes(path);
        foreach (var page in Enumerable.Range(1, file.Length / PageSize - 1).Where(page => file[page * PageSize] is 2 or 10))
            Overwrite(path, page + 1);
    }

    // Not through another connection: SQLite would not let one write garbage.
    private static void Overwrite(string path, int page)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        stream.Position = (page - 1) * (long)PageSize;
        stream.Write(Enumerable.Repeat((byte)0x5A, PageSize).ToArray());
    }
}
