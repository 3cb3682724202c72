using MemoryTriggers.TestKit;
using MemoryTriggers.Tests.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
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
