using MemoryTriggers.Postgres.Connections;
using MemoryTriggers.Postgres.Schema;
using MemoryTriggers.TestKit;
using MemoryTriggers.Tests.Server;
using Npgsql;

namespace MemoryTriggers.Tests.Backends;

public sealed class PostgresSchemaTests(SharedServer server)
{
    private readonly PostgresSchemaUnderTest _schema = server.NewSchema();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private const string GinIndexes =
        "FROM pg_class c JOIN pg_am a ON a.oid = c.relam WHERE a.amname = 'gin' AND c.relkind = 'i' AND c.relnamespace = current_schema()::regnamespace";

    [Fact]
    public async Task Initialize_ByManyAtOnce_MigratesOnce()
    {
        var backends = Enumerable.Range(0, 8).Select(_ => _schema.Create()).ToList();

        await Task.WhenAll(backends.Select(static backend => Task.Run(() => backend.InitializeAsync(Token).AsTask(), Token)));
        await Task.WhenAll(backends.Select(static backend => backend.StoreAsync(Any.Entries(10), Token).AsTask()));

        Assert.Equal(80, await backends[0].CountAsync(new() { AllProjects = true }, Token));
        Assert.Equal((long)PostgresMigrations.All.Count, await _schema.ExecuteAsync("SELECT count(*) FROM schema_version"));
        foreach (var backend in backends) await backend.DisposeAsync();
    }

    [Fact]
    public async Task Initialize_NewerSchema_FailsClearly()
    {
        await (await _schema.OpenAsync()).DisposeAsync();
        await _schema.ExecuteAsync("INSERT INTO schema_version VALUES (99, 'from the future', 0)");

        var exception = await Assert.ThrowsAsync<MemoryBackendException>(() => _schema.OpenAsync());

        Assert.False(exception.IsTransient);
        Assert.Contains("version 99", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Initialize_OlderSchema_MigratesWithItsEntries(int version)
    {
        await using var source = NpgsqlDataSource.Create(_schema.ConnectionString);
        var older = await PostgresSchema.MigrateAsync(source, new SchemaNames(_schema.Name), [.. PostgresMigrations.All.Take(version)], Any.Time, Token);
        await _schema.ExecuteAsync(
            """
            INSERT INTO memory (id, project, category, key, content, value, tags, source, priority, outcome, duration, created_at, updated_at, module, task_id, words)
            VALUES ('0197b63d-0000-7000-8000-000000000001', 'shop', 'c', 'k', 'an older deploy', '{}', '{}', 's', 'low', 'success', 0, 0, 0, 'm', 't', '''older'':2 ''deploi'':3')
            """);

        await using var backend = await _schema.OpenAsync();

        Assert.Equal(version, older);
        Assert.Equal(PostgresMigrations.All[^1].Version, await _schema.ExecuteAsync("SELECT max(version) FROM schema_version"));
        Assert.Single(await backend.SearchAsync("deployed", new() { AllProjects = true }, Token));
    }

    [Fact]
    public async Task Initialize_SchemaBeforeTheDictionary_NotesItsWordsAndParts()
    {
        await using var source = NpgsqlDataSource.Create(_schema.ConnectionString);
        await PostgresSchema.MigrateAsync(source, new SchemaNames(_schema.Name), [.. PostgresMigrations.All.Take(5)], Any.Time, Token);
        await _schema.ExecuteAsync(
            """
            INSERT INTO memory (id, project, category, key, content, value, tags, source, priority, outcome, duration, created_at, updated_at, module, task_id, words)
            VALUES ('0197b63d-0000-7000-8000-000000000001', 'shop', 'c', 'k', 'an older deploy 推送失败', '{}', '{}', 's', 'low', 'success', 0, 0, 0, 'm', 't',
                '''older'':2 ''deploi'':3 ''推送失败'':4')
            """);

        await using var backend = await _schema.OpenAsync();

        Assert.Single(await backend.SearchAsync("deplyo", new() { AllProjects = true }, Token));
        Assert.Single(await backend.SearchAsync("送失", new() { AllProjects = true }, Token));
        Assert.Equal("deploi older", await _schema.ExecuteAsync("SELECT string_agg(word, ' ' ORDER BY word) FROM memory_word"));
    }

    [Fact]
    public async Task Initialize_SchemaBeforeUsers_TakesThemFromTheContext()
    {
        await using var source = NpgsqlDataSource.Create(_schema.ConnectionString);
        await PostgresSchema.MigrateAsync(source, new SchemaNames(_schema.Name), [.. PostgresMigrations.All.Take(8)], Any.Time, Token);
        await InsertAsync(1, "'error_resolution'", """{"operation":"a","context":{"agent":"a","user_id":"ann","correlation_id":"c"}}""");
        await InsertAsync(2, "'error_resolution'", """{"operation":"a","context":{"user_id":"bob"},"truncated":true}""");
        await InsertAsync(3, "'error_resolution'", """{"operation":"a","arguments":{"context":{"user_id":"eve"}}}""");
        await InsertAsync(4, "'error_resolution'", """{"operation":"\\u0000","context":{"agent":"a"}}""");
        await InsertAsync(5, "NULL", """{"context":{"user_id":"draft"}}""");

        await using var backend = await _schema.OpenAsync();

        var found = await backend.QueryAsync(new() { AllProjects = true, Limit = 10 }, Token);
        Assert.Equal(["ann", "bob"], found.Select(static entry => entry.Provenance.UserId).OfType<string>().Order());
        Assert.Single(await backend.QueryAsync(new() { AllProjects = true, UserId = "ann" }, Token));

        Task InsertAsync(int number, string type, string value) => _schema.ExecuteAsync(
            "INSERT INTO memory (id, project, category, key, content, value, tags, source, trigger_type, priority, outcome, duration, "
            + "created_at, updated_at, module, task_id, words) VALUES "
            + $"('0197b63d-0000-7000-8000-00000000000{number}', 'shop', 'c', 'k', 'older', '{value}', ARRAY[]::text[], 's', {type}, "
            + "'low', 'success', 0, 0, 0, 'm', 't', to_tsvector('older'))");
    }

    /// <summary>Of old and new partitions and of the dictionary: a long list makes every search slow.</summary>
    [Fact]
    public async Task Initialize_SchemaBeforeTheLimit_BoundsWhatEveryGinIndexLeavesUnsorted()
    {
        await using var source = NpgsqlDataSource.Create(_schema.ConnectionString);
        await PostgresSchema.MigrateAsync(source, new SchemaNames(_schema.Name), [.. PostgresMigrations.All.Take(7)], Any.Time, Token);
        await _schema.ExecuteAsync(
            """
            DO $$ BEGIN CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public; EXCEPTION WHEN unique_violation OR duplicate_object THEN NULL; END $$;
            CREATE TABLE memory_2025_12 PARTITION OF memory FOR VALUES FROM ('019ad671-9c00-0000-0000-000000000000') TO ('019b7616-b800-0000-0000-000000000000');
            CREATE INDEX memory_word_trigrams ON memory_word USING gin (word public.gin_trgm_ops)
            """);

        await using var backend = await _schema.OpenAsync();

        Assert.Equal("memory_2025_12 memory_2026_01 memory_2026_02 memory_2026_03 memory_others", await _schema.PartitionsAsync());
        Assert.Equal("", await UnboundedAsync());
        Assert.Equal(11L, await _schema.ExecuteAsync($"SELECT count(*) {GinIndexes}"));
    }

    [Fact]
    public async Task Job_PartitionOfAnOlderVersion_BoundsItsGinIndexes()
    {
        await using var backend = await _schema.OpenAsync();
        await _schema.ExecuteAsync("CREATE TABLE memory_2025_12 PARTITION OF memory FOR VALUES FROM ('019ad671-9c00-0000-0000-000000000000') TO ('019b7616-b800-0000-0000-000000000000')");
        var before = await UnboundedAsync();

        _schema.Time.Jump(TimeSpan.FromHours(1));
        await backend.Jobs.RunOnceAsync(Token);

        Assert.Equal("memory_2025_12_tags_idx memory_2025_12_words_idx", before);
        Assert.Equal("", await UnboundedAsync());
    }

    [Fact]
    public async Task Job_LimitThatSomebodySet_IsKept()
    {
        await using var backend = await _schema.OpenAsync();
        await _schema.ExecuteAsync("ALTER INDEX memory_2026_01_words_idx SET (gin_pending_list_limit = 1024)");
        await _schema.ExecuteAsync("ALTER INDEX memory_2026_01_tags_idx RESET (gin_pending_list_limit); ALTER INDEX memory_2026_01_tags_idx SET (fastupdate = off)");

        _schema.Time.Jump(TimeSpan.FromHours(1));
        await backend.Jobs.RunOnceAsync(Token);

        Assert.Equal(
            "fastupdate=off gin_pending_list_limit=1024",
            await _schema.ExecuteAsync("SELECT string_agg(array_to_string(reloptions, ' '), ' ' ORDER BY relname) FROM pg_class WHERE relname ~ '^memory_2026_01_(words|tags)' AND relnamespace = current_schema()::regnamespace"));
    }

    [Fact]
    public async Task Migrate_FailingStep_LeavesNothing()
    {
        await using var source = NpgsqlDataSource.Create(_schema.ConnectionString);
        PostgresMigration[] steps = [.. PostgresMigrations.All.Take(1), new(2, "broken", static names => $"CREATE TABLE {names.Of("half")} (); CREATE TABLE {names.Of("half")} ()")];

        await Assert.ThrowsAsync<PostgresException>(() => PostgresSchema.MigrateAsync(source, new SchemaNames(_schema.Name), steps, Any.Time, Token));

        Assert.Equal(true, await _schema.ExecuteAsync($"SELECT to_regnamespace('{_schema.Name}') IS NULL"));
    }

    [Fact]
    public async Task Initialize_BySomebodyWithoutTheRightToCreate_UsesWhatIsThere()
    {
        await (await _schema.OpenAsync()).DisposeAsync();
        await _schema.ExecuteAsync(
            $"CREATE ROLE {_schema.Name}_user LOGIN; GRANT USAGE ON SCHEMA {_schema.Name} TO {_schema.Name}_user;"
            + $"GRANT ALL ON ALL TABLES IN SCHEMA {_schema.Name} TO {_schema.Name}_user");
        await using var backend = await _schema.OpenAsync(options => options.ConnectionString += $";Username={_schema.Name}_user");

        await backend.StoreAsync(Any.Entries(3), Token);

        Assert.Equal(3, await backend.CountAsync(new() { AllProjects = true }, Token));
        Assert.True((await backend.CheckHealthAsync(Token)).IsHealthy);
    }

    [Theory]
    [InlineData("memory_2026_01_project_created_at_id_idx", "m.project = 'x' ORDER BY m.created_at DESC, m.id DESC LIMIT 10")]
    [InlineData("memory_2026_01_key_created_at_idx", "m.key = 'x'")]
    [InlineData("memory_2026_01_entity_id_entity_type_idx", "m.entity_id = 'x'")]
    [InlineData("memory_2026_01_trace_id_idx", "m.trace_id = 'x'")]
    [InlineData("memory_2026_01_parent_id_idx", "m.parent_id = '0197b63d-0000-7000-8000-000000000001'")]
    [InlineData("memory_2026_01_user_id_idx", "m.user_id = 'x'")]
    [InlineData("memory_2026_01_created_at_id_idx", "TRUE ORDER BY m.created_at DESC, m.id DESC LIMIT 10")]
    [InlineData("memory_2026_01_tags_idx", "m.tags @> '{x}'")]
    [InlineData("memory_2026_01_words_idx", "m.words @@ 'x'")]
    public async Task Query_CommonFilter_UsesItsIndex(string index, string condition)
    {
        await (await _schema.OpenAsync()).DisposeAsync();

        // An empty table is quicker to read than its index.
        var plan = await _schema.ExecuteAsync(
            $"SET enable_seqscan = off; EXPLAIN (FORMAT JSON) SELECT m.content FROM memory m WHERE {condition}");

        Assert.Contains(index, (string)plan!, StringComparison.Ordinal);
    }

    // The parents of partitioned indexes have no entries.
    private async Task<string?> UnboundedAsync() => (string?)await _schema.ExecuteAsync(
        $"SELECT coalesce(string_agg(c.relname, ' ' ORDER BY c.relname), '') {GinIndexes} AND NOT coalesce(c.reloptions, '{{}}') @> '{{gin_pending_list_limit=256}}'");
}
