using MemoryTriggers.Postgres.Connections;
using MemoryTriggers.TestKit;
using MemoryTriggers.Tests.Server;
using Microsoft.Extensions.Options;

namespace MemoryTriggers.Tests.Backends;

public sealed class PostgresFailureTests(SharedServer server)
{
    private const string Secret = "hunter2secret";
    private static readonly MemoryQuery All = new() { AllProjects = true };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("08006", true)]
    [InlineData("40001", true)]
    [InlineData("40P01", true)]
    [InlineData("53100", true)]
    [InlineData("53300", true)]
    [InlineData("57P01", true)]
    [InlineData("57P03", true)]
    [InlineData("57014", true)]
    [InlineData("55P03", true)]
    [InlineData("25006", true)]
    [InlineData("28P01", true)]
    [InlineData("22021", false)]
    [InlineData("23502", false)]
    [InlineData("23514", false)]
    [InlineData("44000", false)]
    [InlineData("42P01", true)]
    [InlineData("42501", true)]
    [InlineData("42703", true)]
    [InlineData("3F000", true)]
    [InlineData("XX001", true)]
    [InlineData("XX002", true)]
    [InlineData("P0001", true)]
    [InlineData("54000", false)]
    public void IsTransient_OfAState_IsWhetherItMayEnd(string state, bool expected) => Assert.Equal(expected, PostgresFailure.IsTransient(state));

    [Fact]
    public async Task Initialize_NobodyThere_FailsTransientlyWithoutThePassword()
    {
        using var directory = new TemporaryDirectory();
        await using var backend = new PostgresSchemaUnderTest($"Host={directory.Path};Username=u;Password={Secret}", "nowhere").Create();

        var exception = await Assert.ThrowsAsync<MemoryBackendException>(async () => await backend.InitializeAsync(Token));

        Assert.True(exception.IsTransient);
        Assert.DoesNotContain(Secret, exception.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($"Host=localhost;Pasword={Secret}")]
    [InlineData($"Host=localhost;Password=half;{Secret}")]
    [InlineData($"Host=localhost;Port={Secret}")]
    [InlineData($"Host=localhost;Pooling={Secret}")]
    [InlineData($"{Secret}")]
    public void Constructor_ConnectionStringThatCannotBeRead_SaysNothingOfIt(string text)
    {
        var exception = Assert.Throws<OptionsValidationException>(() => new PostgresSchemaUnderTest(text, "nowhere").Create());

        Assert.Contains("cannot be read", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, exception.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($"Username=shop;Password={Secret}", "is missing")]
    [InlineData($"Host=;Password={Secret}", "is missing")]
    [InlineData($"Host=postgresql://db.example;Password={Secret}", "must be a host, not an address with a scheme")]
    [InlineData($"Host=shop:{Secret}@db.example", "must not have a user name or a password")]
    public void Constructor_ConnectionStringWithoutAHost_SaysWhatIsWrong(string text, string expected)
    {
        var exception = Assert.Throws<OptionsValidationException>(() => new PostgresSchemaUnderTest(text, "nowhere").Create());

        Assert.Contains($"The Host of the connection string {expected}.", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_NoConnectionString_NamesTheVariable()
    {
        var exception = Assert.Throws<OptionsValidationException>(() => new PostgresSchemaUnderTest("", "nowhere").Create(static options =>
        {
            options.ConnectionString = null;
            options.ConnectionStringEnvironmentVariable = "MEMORY_TRIGGERS_TEST_NOT_SET";
        }));

        Assert.Contains("MEMORY_TRIGGERS_TEST_NOT_SET", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Shop")]
    [InlineData("a\"; DROP SCHEMA public; --")]
    [InlineData("1st")]
    [InlineData("")]
    public void Constructor_NameThatIsNoSchema_Throws(string schema) =>
        Assert.Throws<OptionsValidationException>(() => new PostgresSchemaUnderTest("Host=localhost", schema).Create());

    [Fact]
    public async Task Store_ValueThatTheServerRefuses_FailsForGoodWithoutTheValue()
    {
        var schema = server.NewSchema();
        await using var backend = await schema.OpenAsync();
        await schema.ExecuteAsync("ALTER TABLE memory ADD CONSTRAINT no_secrets CHECK (content NOT LIKE '%secret%')");

        var exception = await Assert.ThrowsAsync<MemoryBackendException>(
            async () => await backend.StoreAsync([Any.Entry(), Any.Entry(Secret)], Token));

        Assert.False(exception.IsTransient);
        Assert.DoesNotContain(Secret, exception.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await backend.CountAsync(All, Token));
    }

    [Fact]
    public async Task Store_TableLocked_FailsTransientlyAndStoresNothing()
    {
        var schema = server.NewSchema();
        var role = schema.Name + "_limited";
        await schema.ExecuteAsync($"CREATE ROLE {role} LOGIN SUPERUSER");

        // The limit is for the sessions of the one write only: opening takes longer on a busy machine.
        await using var backend = await schema.OpenAsync(options => options.ConnectionString += $";Pooling=false;Username={role}");
        await schema.ExecuteAsync($"ALTER ROLE {role} SET statement_timeout = '50ms'");
        await using var other = new Npgsql.NpgsqlConnection(schema.ConnectionString);
        await other.OpenAsync(Token);
        await using (var transaction = await other.BeginTransactionAsync(Token))
        {
            await using var hold = new Npgsql.NpgsqlCommand($"LOCK TABLE {schema.Name}.memory", other);
            await hold.ExecuteNonQueryAsync(Token);

            var exception = await Assert.ThrowsAsync<MemoryBackendException>(async () => await backend.StoreAsync([Any.Entry()], Token));

            Assert.True(exception.IsTransient);
            Assert.Contains("57014", exception.Message, StringComparison.Ordinal);
        }

        await schema.ExecuteAsync($"ALTER ROLE {role} RESET statement_timeout");
        Assert.Equal(0, await backend.CountAsync(All, Token));
    }

    [Theory]
    [InlineData("REVOKE INSERT ON memory FROM {0}")]
    [InlineData("ALTER TABLE memory RENAME TO elsewhere")]
    [InlineData("ALTER TABLE memory RENAME COLUMN content TO elsewhere")]
    public async Task Store_RightOrTableIsGone_FailsTransiently(string damage)
    {
        var schema = server.NewSchema();
        await (await schema.OpenAsync()).DisposeAsync();
        var role = schema.Name + "_writer";
        await schema.ExecuteAsync($"CREATE ROLE {role} LOGIN; GRANT ALL ON SCHEMA {schema.Name} TO {role}; GRANT ALL ON ALL TABLES IN SCHEMA {schema.Name} TO {role}; GRANT ALL ON ALL SEQUENCES IN SCHEMA {schema.Name} TO {role}");
        await using var backend = await schema.OpenAsync(options => options.ConnectionString += ";Username=" + role);
        await backend.StoreAsync([Any.Entry()], Token);
        await schema.ExecuteAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, damage, role));

        var failure = await Assert.ThrowsAsync<MemoryBackendException>(async () => await backend.StoreAsync([Any.Entry()], Token));

        Assert.True(failure.IsTransient);
    }

    [Fact]
    public async Task CheckHealth_NothingCanBeWritten_IsNotHealthy()
    {
        var schema = server.NewSchema();
        await (await schema.OpenAsync()).DisposeAsync();
        var role = schema.Name + "_reader";
        await schema.ExecuteAsync($"CREATE ROLE {role} LOGIN; GRANT USAGE ON SCHEMA {schema.Name} TO {role}; GRANT SELECT ON ALL TABLES IN SCHEMA {schema.Name} TO {role}");
        await using var reader = await schema.OpenAsync(options => options.ConnectionString += ";Username=" + role);

        var health = await reader.CheckHealthAsync(Token);

        Assert.False(health.IsHealthy);
        Assert.Contains("permission denied", health.Description, StringComparison.Ordinal);
        Assert.Equal(0, await reader.CountAsync(All, Token));
    }

    [Fact]
    public async Task Store_ServerConfirmsEarly_WaitsForTheDiskAllTheSame()
    {
        var schema = server.NewSchema();
        await using var backend = await schema.OpenAsync(static options => options.ConnectionString += ";Options=-c synchronous_commit=off");
        await schema.ExecuteAsync(
            "CREATE TABLE seen (setting text);"
            + "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO seen VALUES (current_setting('synchronous_commit')); RETURN NULL; END $$;"
            + $"CREATE TRIGGER noting AFTER INSERT ON memory EXECUTE FUNCTION note(); ALTER FUNCTION note() SET search_path = {schema.Name}");

        await backend.StoreAsync([Any.Entry()], Token);

        Assert.Equal("on", await schema.ExecuteAsync("SELECT setting FROM seen"));
    }

    [Fact]
    public async Task Operations_BeforeInitializeAndAfterDispose_Throw()
    {
        var backend = server.NewSchema().Create();
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await backend.CountAsync(All, Token));
        await backend.InitializeAsync(Token);

        await backend.DisposeAsync();
        await backend.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await backend.StoreAsync([Any.Entry()], Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await backend.GetAsync(Any.Id(), Token));
    }
}
