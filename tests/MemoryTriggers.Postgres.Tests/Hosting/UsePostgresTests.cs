using MemoryTriggers.Circuits;
using MemoryTriggers.Configuration;
using MemoryTriggers.Postgres;
using MemoryTriggers.TestKit;
using MemoryTriggers.Tests.Server;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace MemoryTriggers.Tests.Hosting;

public sealed class UsePostgresTests(SharedServer server) : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly PostgresSchemaUnderTest _schema = server.NewSchema();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task UsePostgres_InAHost_MemoriesAreThereForAnotherProcess()
    {
        using (var host = Build(options => options.ConnectionString = _schema.ConnectionString))
        {
            await host.StartAsync(Token);
            var memory = host.Services.GetRequiredService<MemoryTriggerService>();
            await memory.Collector.CollectAsync(MemoryCategories.UserFeedback, "The checkout is slow on phones", cancellationToken: Token);
            Assert.True(await memory.FlushAsync(cancellationToken: Token));
            Assert.Equal("postgresql", (await memory.GetHealthAsync(Token)).Backend.BackendName);
            await host.StopAsync(Token);
        }

        await using var other = await _schema.OpenAsync();
        var hit = Assert.Single(await other.SearchAsync("why is the checkout slow?", new() { Project = "shop" }, Token));
        Assert.Equal("The checkout is slow on phones", hit.Entry.Content);
    }

    [Fact]
    public async Task UsePostgres_SettingOutOfRange_FailsAtTheStart()
    {
        using var host = Build(options => (options.ConnectionString, options.MonthsAhead) = (_schema.ConnectionString, 0));

        await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));
    }

    // Referencing the package is enough.
    [Fact]
    public async Task Configuration_ThatNamesPostgresql_UsesItWithoutACall()
    {
        var variable = $"MEMORY_TEST_{_schema.Name.ToUpperInvariant()}";
        Environment.SetEnvironmentVariable(variable, _schema.ConnectionString);
        var configuration = Configuration(variable);
        await using (var memory = await MemoryTriggerService.StartAsync(options => options.Use(configuration), cancellationToken: Token))
        {
            await memory.Collector.CollectAsync(MemoryCategories.UserFeedback, "The checkout is slow on phones", cancellationToken: Token);
            Assert.True(await memory.FlushAsync(cancellationToken: Token));
            Assert.Equal("postgresql", (await memory.GetHealthAsync(Token)).Backend.BackendName);
        }

        await using var other = await _schema.OpenAsync();
        Assert.Single(await other.SearchAsync("why is the checkout slow?", new() { AllProjects = true }, Token));
        Environment.SetEnvironmentVariable(variable, null);
    }

    [Fact]
    public async Task Configuration_ThatShares_IsWhatTheStoreDoes()
    {
        var variable = $"MEMORY_TEST_{_schema.Name.ToUpperInvariant()}_SHARED";
        Environment.SetEnvironmentVariable(variable, _schema.ConnectionString);
        var details = new BackendDetailSettings
        {
            ConnectionStringEnv = variable, Schema = _schema.Name, ShareBreakers = true, ShareInterval = 2.5, ShareGroup = "blue",
        };
        var configuration = new ConfigurationSnapshot { Backend = new() { Details = details } };

        await using var store = new ConfiguredPostgresStore().Create(configuration, _directory.Path, NullLoggerFactory.Instance, TimeProvider.System);
        Environment.SetEnvironmentVariable(variable, null);

        var place = Assert.IsType<ISharingStore>(store, exactMatch: false).SharedState!;
        Assert.Equal((true, false, TimeSpan.FromSeconds(2.5)), (place.SharesCircuits, place.SharesLimits, place.Interval));
    }

    [Fact]
    public async Task Configuration_ThatNamesPostgresql_WithoutAConnection_SaysWhichVariableIsMissing()
    {
        var configuration = Configuration("MEMORY_TEST_NOWHERE");

        var exception = await Assert.ThrowsAsync<MemoryConfigurationException>(() => MemoryTriggerService.StartAsync(options => options.Use(configuration), cancellationToken: Token));

        Assert.Contains("MEMORY_TEST_NOWHERE", exception.Message, StringComparison.Ordinal);
    }

    private IConfigurationRoot Configuration(string variable) => new ConfigurationBuilder().AddInMemoryCollection(
    [
        new("data_directory", _directory.Path), new("backend:backend_type", "postgresql"),
        new("backend:backend_settings:connection_string_env", variable), new("backend:backend_settings:schema", _schema.Name),
    ]).Build();

    private IHost Build(Action<PostgresBackendOptions> configure)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddMemoryTriggers(options =>
        {
            options.DataDirectory = _directory.Path;
            options.Project = "shop";
        }).UsePostgres(options => options.Schema = _schema.Name).UsePostgres(configure);
        return builder.Build();
    }
}
