using MemoryTriggers.Backends.Sqlite;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Runtime.Tests.Backends;

public sealed class SqliteSchemaTests
{
    private static readonly MemoryQuery All = new() { AllProjects = true, Limit = 1_000 };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Initialize_OlderSchema_MigratesWithItsEntries(int version)
    {
        using var file = new SqliteFile();
        using (var session = EntryDatabase.OpenWriter(file.Options))
        {
            SqliteSchema.Migrate(session, [.. SqliteMigrations.All.Take(version)], Any.Time);
            Assert.Equal(version, SqliteSchema.Version(session));
            for (var i = 0; i < 20; i++) session.Execute(OldEntry(i));
        }

        await using var backend = await file.OpenAsync();

        Assert.Equal((long)SqliteMigrations.All[^1].Version, file.Execute("SELECT max(version) FROM schema_version"));
        Assert.Equal(20, await backend.CountAsync(All, TestContext.Current.CancellationToken));
        Assert.Equal(20, (await backend.SearchAsync("entries", All, TestContext.Current.CancellationToken)).Count);
        Assert.Empty(await backend.CheckIntegrityAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Initialize_SchemaBeforeUsers_TakesThemFromTheContext()
    {
        using var file = new SqliteFile();
        using (var session = EntryDatabase.OpenWriter(file.Options))
        {
            SqliteSchema.Migrate(session, [.. SqliteMigrations.All.Take(5)], Any.Time);
            session.Execute(OldEntry(1).Replace("'[]', '[]'", """'{"context":{"agent":"a","user_id":"ann"}}', '[]'""", StringComparison.Ordinal));
            session.Execute(OldEntry(2).Replace("'[]', '[]'", """'{"context":{"user_id":5}}', '[]'""", StringComparison.Ordinal));
            session.Execute(OldEntry(3).Replace("'[]', '[]'", """'{"arguments":{"context":{"user_id":"eve"}}}', '[]'""", StringComparison.Ordinal));
            session.Execute("UPDATE memory SET trigger_type = 'error_resolution'");
            session.Execute(OldEntry(4).Replace("'[]', '[]'", """'{"context":{"user_id":"draft"}}', '[]'""", StringComparison.Ordinal));
        }

        await using var backend = await file.OpenAsync();

        var found = await backend.QueryAsync(All, TestContext.Current.CancellationToken);
        Assert.Equal(["ann"], found.Select(static entry => entry.Provenance.UserId).OfType<string>());
        Assert.Single(await backend.QueryAsync(All with { UserId = "ann" }, TestContext.Current.CancellationToken));
    }

    private static string OldEntry(int number) => $"""
        INSERT INTO memory (id, project, category, key, content, value, tags, source, priority, outcome, duration, created_at, updated_at, module, task_id)
        VALUES (randomblob(16), 'p', 'project', 'k', 'One of the entries {number}', '[]', '[]', 's', 'medium', 'success', 0, 0, 0, 'm', 't')
        """;

    [Fact]
    public async Task Initialize_NewerSchema_FailsClearly()
    {
        using var file = new SqliteFile();
        await (await file.OpenAsync()).DisposeAsync();
        file.Execute("INSERT INTO schema_version VALUES (99, 'from the future', 0)");

        var exception = await Assert.ThrowsAsync<MemoryBackendException>(() => file.OpenAsync());

        Assert.False(exception.IsTransient);
        Assert.Contains("schema version 99", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Migrate_FailingStep_LeavesTheOlderSchema()
    {
        using var file = new SqliteFile();
        using var session = EntryDatabase.OpenWriter(file.Options);
        SqliteMigration[] steps = [.. SqliteMigrations.All.Take(1), new(2, "broken", "CREATE TABLE half (x); CREATE TABLE half (x)")];

        Assert.ThrowsAny<Exception>(() => SqliteSchema.Migrate(session, steps, Any.Time));

        Assert.Equal(1, SqliteSchema.Version(session));
        Assert.Equal(0L, session.Scalar("SELECT count(*) FROM sqlite_schema WHERE name = 'half'"));
    }

    [Fact]
    public void Migrate_Twice_ChangesNothing()
    {
        using var file = new SqliteFile();
        using var session = EntryDatabase.OpenWriter(file.Options);
        SqliteSchema.Migrate(session, SqliteMigrations.All, Any.Time);

        SqliteSchema.Migrate(session, SqliteMigrations.All, Any.Time.AddDays(1));

        Assert.Equal(1L, session.Scalar("SELECT count(DISTINCT applied_at) FROM schema_version"));
    }

    [Theory]
    [InlineData("memory_project", "m.project = 'x'")]
    [InlineData("memory_key", "m.key = 'x'")]
    [InlineData("memory_entity", "m.entity_id = 'x'")]
    [InlineData("memory_trace", "m.trace_id = 'x'")]
    [InlineData("memory_parent", "m.parent_id = x'00'")]
    [InlineData("memory_user", "m.user_id = 'x'")]
    [InlineData("memory_created", "1")]
    public void Query_CommonFilter_UsesItsIndex(string index, string condition)
    {
        using var file = new SqliteFile();
        using var session = EntryDatabase.OpenWriter(file.Options);
        SqliteSchema.Migrate(session, SqliteMigrations.All, Any.Time);
        var plan = session.Prepare(
            $"EXPLAIN QUERY PLAN SELECT m.content FROM memory m WHERE 1 AND {condition} ORDER BY m.created_at DESC, m.id DESC LIMIT 10");

        plan.Step();

        Assert.Contains(index, plan.Text(3), StringComparison.Ordinal);
        plan.Reset();
    }
}
