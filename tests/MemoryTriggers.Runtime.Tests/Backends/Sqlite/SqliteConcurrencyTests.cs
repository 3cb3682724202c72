using MemoryTriggers.Backends.Sqlite;
using MemoryTriggers.Sqlite;
using MemoryTriggers.TestKit;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Runtime.Tests.Backends;

public sealed class SqliteConcurrencyTests
{
    private static readonly MemoryQuery All = new() { AllProjects = true, Limit = 1_000 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Store_TwoBackendsOneFile_LoseNothing()
    {
        using var file = new SqliteFile();
        await using var first = await file.OpenAsync(options => options.CheckpointPages = 100);
        await using var second = await file.OpenAsync(options => options.CheckpointPages = 100);

        await Task.WhenAll(StoreAsync(first), StoreAsync(second));

        Assert.Equal(1_000, await first.CountAsync(All, Token));
        Assert.Equal(1_000, await second.CountAsync(All, Token));
        Assert.Empty(await first.CheckIntegrityAsync(Token));

        static Task StoreAsync(SqliteMemoryBackend backend) => Task.Run(
            async () =>
            {
                foreach (var batch in Any.Entries(500).Chunk(10)) await backend.StoreAsync(batch, Token);
            },
            Token);
    }

    [Fact]
    public async Task Read_WhileWriting_SeesWholeBatches()
    {
        using var file = new SqliteFile();
        await using var backend = await file.OpenAsync();
        var writing = Task.Run(
            async () =>
            {
                for (var i = 0; i < 40; i++) await backend.StoreAsync(Any.Entries(25), Token);
            },
            Token);

        var counts = new List<long>();
        while (!writing.IsCompleted) counts.Add(await backend.CountAsync(All, Token));
        await writing;

        Assert.All(counts, count => Assert.Equal(0, count % 25));
        Assert.Equal(1_000, await backend.CountAsync(All, Token));
    }

    [Fact]
    public async Task Store_LockHeldElsewhere_FailsTransientlyAfterTheTimeout()
    {
        using var file = new SqliteFile();
        await using var backend = await file.OpenAsync(options => options.BusyTimeout = TimeSpan.FromMilliseconds(20));
        MemoryBackendException exception;

        using (new FileStream(file.Path + ".write-lock", FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            exception = await Assert.ThrowsAsync<MemoryBackendException>(async () => await backend.StoreAsync([Any.Entry()], Token));
        await backend.StoreAsync([Any.Entry()], Token);

        Assert.True(exception.IsTransient);
        Assert.Equal(1, await backend.CountAsync(All, Token));
    }

    [Fact]
    public async Task Store_DatabaseLockedByAnotherProgram_FailsTransientlyAndStoresNothing()
    {
        using var file = new SqliteFile();
        await using var backend = await file.OpenAsync(options => options.BusyTimeout = TimeSpan.FromMilliseconds(20));
        using var other = EntryDatabase.OpenWriter(file.Options);
        other.Execute("BEGIN IMMEDIATE");

        var exception = await Assert.ThrowsAsync<MemoryBackendException>(
            async () => await backend.StoreAsync([Any.Entry("the hunter2 content")], Token));
        other.Execute("ROLLBACK");

        Assert.True(exception.IsTransient);
        Assert.DoesNotContain("hunter2", exception.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await backend.CountAsync(All, Token));
    }

    [Fact]
    public async Task Store_DatabaseFull_StoresNothingAndResumes()
    {
        using var file = new SqliteFile();
        await (await file.OpenAsync()).DisposeAsync();
        var session = EntryDatabase.OpenWriter(file.Options);
        using var writer = new SqliteWriter(session, 100);
        writer.Store(Any.Entries(10));
        session.Execute("PRAGMA max_page_count=60");

        var full = Assert.Throws<SqliteException>(() => writer.Store(Any.Entries(1_000)));
        session.Execute("PRAGMA max_page_count=100000");
        writer.Store(Any.Entries(5));

        Assert.True(SqliteFailure.Translate(full, SqliteMemoryBackend.BackendName, "store").IsTransient);
        Assert.Equal(15L, session.Scalar("SELECT count(*) FROM memory"));
        Assert.Empty(SqliteReads.CheckIntegrity(session));
    }

    [Fact]
    public async Task Dispose_WhileInUse_EndsEveryCall()
    {
        using var file = new SqliteFile();
        var backend = await file.OpenAsync(options => options.MaxReaders = 1);
        var calls = Enumerable.Range(0, 50).Select(i => Task.Run(
            async () => await (i % 2 == 0 ? StoreAsync() : CountAsync()), Token)).ToList();

        await backend.DisposeAsync();
        var ended = await Task.WhenAll(calls);

        Assert.Equal(50, ended.Length);
        await using var again = await file.OpenAsync();
        Assert.Equal(ended.Sum(), await again.CountAsync(All, Token));

        async Task<int> StoreAsync()
        {
            try
            {
                await backend.StoreAsync([Any.Entry()], Token);
                return 1;
            }
            catch (ObjectDisposedException)
            {
                return 0;
            }
        }

        async Task<int> CountAsync()
        {
            try
            {
                await backend.CountAsync(All, Token);
            }
            catch (ObjectDisposedException)
            {
                // What this test provokes.
            }

            return 0;
        }
    }

    [Fact]
    public async Task Backup_WhileOpen_IsACompleteDatabase()
    {
        using var file = new SqliteFile();
        await using var backend = await file.OpenAsync();
        await backend.StoreAsync(Any.Entries(50), Token);
        var copy = Path.Combine(file.Directory, "copy.db");

        await backend.BackupAsync(copy, Token);
        await backend.StoreAsync(Any.Entries(5), Token);
        await backend.BackupAsync(copy, Token);

        await using var restored = await file.OpenAsync(options => options.Path = copy);
        Assert.Equal(55, await restored.CountAsync(All, Token));
        Assert.Empty(await restored.CheckIntegrityAsync(Token));
    }

    [Fact]
    public async Task Store_ManyUpdatesAndDeletes_KeepTheIndexRight()
    {
        using var file = new SqliteFile();
        await using var backend = await file.OpenAsync();
        var random = new Random(7);
        var entries = Any.Entries(200).ToList();
        await backend.StoreAsync(entries, Token);

        for (var round = 0; round < 20; round++)
        {
            var changed = entries.OrderBy(_ => random.Next()).Take(30).Select((entry, i) => entry with
            {
                Content = $"word{random.Next(50)} word{i}", Key = $"key{round}", Tags = [$"tag{random.Next(9)}"],
            }).ToList();
            await backend.StoreAsync(changed, Token);
            await backend.DeleteAsync(entries[random.Next(entries.Count)].Id, Token);
        }

        Assert.Empty(await backend.CheckIntegrityAsync(Token));
        var hits = await backend.SearchAsync("word7", All, Token);
        Assert.NotEmpty(hits);
        Assert.All(hits, hit => Assert.Contains("word7", hit.Entry.Content.Split(' ')));
        Assert.Equal(0L, file.Execute("SELECT count(*) FROM memory_tag WHERE entry NOT IN (SELECT seq FROM memory)"));
    }

    [Fact]
    public async Task CheckIntegrity_IndexWithoutItsRow_ReportsIt()
    {
        using var file = new SqliteFile();
        await using var backend = await file.OpenAsync();
        await backend.StoreAsync(Any.Entries(3), Token);
        file.Execute("INSERT INTO memory_text (rowid, content, key, tags) VALUES (99, 'stray', '', '')");

        Assert.NotEmpty(await backend.CheckIntegrityAsync(Token));
    }

    [Fact]
    public async Task Operations_BeforeInitializeAndAfterDispose_Throw()
    {
        using var file = new SqliteFile();
        var backend = new SqliteMemoryBackend(file.Options, NullLogger.Instance, TimeProvider.System);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await backend.CountAsync(All, Token));
        await backend.InitializeAsync(Token);

        await backend.DisposeAsync();
        await backend.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await backend.StoreAsync([Any.Entry()], Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await backend.GetAsync(Any.Id(), Token));
    }

    [Fact]
    public void Constructor_OptionOutOfRange_Throws()
    {
        Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(
            () => new SqliteMemoryBackend(new() { MaxReaders = 0 }, NullLogger.Instance, TimeProvider.System));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SqliteBackendOptions { BusyTimeout = TimeSpan.Zero });
    }
}
