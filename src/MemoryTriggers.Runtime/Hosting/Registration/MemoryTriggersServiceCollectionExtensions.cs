using MemoryTriggers;
using MemoryTriggers.Backends;
using MemoryTriggers.Capture;
using MemoryTriggers.Configuration;
using MemoryTriggers.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds memory triggers to a program with a host.</summary>
public static partial class MemoryTriggersServiceCollectionExtensions
{
    /// <summary>
    /// Turns memory triggers on while the host runs, and registers <see cref="IMemoryRecall"/>,
    /// <see cref="MemoryModule"/>, <see cref="AsyncMemoryCollector"/>, <see cref="MemoryHooks"/> and <see cref="MemoryTriggerService"/>.
    /// A second call adds its settings to those of the first and nothing else.
    /// </summary>
    public static IMemoryTriggersBuilder AddMemoryTriggers(this IServiceCollection services,
        Action<MemoryTriggersOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MemoryTriggersOptions>, MemoryTriggersOptionsValidator>());
        var options = services.AddOptions<MemoryTriggersOptions>().ValidateOnStart();
        if (configure is not null) options.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<MemoryTriggersOptions>, PolicyServices>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<MemoryTriggersOptions>, OperationsServices>());

        services.TryAddSingleton(static provider => new MemoryTriggerService(
            provider.GetRequiredService<IOptions<MemoryTriggersOptions>>().Value,
            provider.GetService<IMemoryBackend>(),
            provider.GetRequiredService<ILoggerFactory>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<MemoryHooks>()));
        // Made without the service and the loggers: loggers may feed it.
        services.TryAddSingleton(static provider => HookRegistration.Create(provider));
        services.TryAddSingleton(static provider => provider.GetRequiredService<MemoryTriggerService>().Recall);
        services.TryAddSingleton(static provider => provider.GetRequiredService<MemoryTriggerService>().Collector);
        services.TryAddSingleton(static provider => provider.GetRequiredService<MemoryTriggerService>().Policies);
        services.TryAddSingleton(static provider => provider.GetRequiredService<MemoryTriggerService>().Memory);
        services.TryAddSingleton<CaptureTarget>();
        services.TryAddSingleton<RequestFlows>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<LoggerFilterOptions>, BuilderFlow>());
        // Made again wherever a host asks for its services: see there.
        services.TryAddEnumerable(ServiceDescriptor.Transient<IHostedService, MemoryTriggersHostedService>());
        return new MemoryTriggersBuilder(services);
    }

    /// <summary>
    /// As <see cref="AddMemoryTriggers(IServiceCollection, Action{MemoryTriggersOptions})"/>, with the settings of a section whose keys are
    /// those of docs/configuration.md. When the section changes, the changes take effect while the host runs.
    /// </summary>
    /// <param name="services">The services of the program.</param>
    /// <param name="section">The section, such as <c>builder.Configuration.GetSection("MemoryTriggers")</c>.</param>
    /// <param name="configure">Changes settings after that.</param>
    /// <remarks>
    /// A configuration that is wrong keeps the host from starting, with a <see cref="MemoryConfigurationException"/> that has all that is
    /// wrong.
    /// </remarks>
    public static IMemoryTriggersBuilder AddMemoryTriggers(
        this IServiceCollection services, IConfiguration section, Action<MemoryTriggersOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        services.AddOptions<MemoryTriggersOptions>().Configure<IServiceProvider>((options, provider) =>
            options.Use(section, provider.GetService<IConfiguration>() as IConfigurationRoot));
        return services.AddMemoryTriggers(configure);
    }

    /// <summary>Keeps memories in this store instead of SQLite. The last call counts.</summary>
    public static IMemoryTriggersBuilder UseBackend(this IMemoryTriggersBuilder builder, Func<IServiceProvider, IMemoryBackend> create)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(create);
        builder.Services.Replace(ServiceDescriptor.Singleton(provider =>
        {
            var store = create(provider);
            // For a program that uses the store before the service is started.
            IFileStore.BeginAt(store, provider.GetRequiredService<IOptions<MemoryTriggersOptions>>().Value.DataDirectory);
            return store;
        }));
        return builder;
    }

    /// <summary>Stores in one readable JSON file, for development and few memories. A relative path begins at the data folder.</summary>
    public static IMemoryTriggersBuilder UseJsonFileBackend(this IMemoryTriggersBuilder builder,
        Action<JsonFileBackendOptions>? configure = null) =>
        builder.UseBackend(provider =>
        {
            var options = new JsonFileBackendOptions();
            configure?.Invoke(options);
            return new JsonFileMemoryBackend(
                options, provider.GetRequiredService<ILoggerFactory>().CreateLogger<JsonFileMemoryBackend>(),
                provider.GetRequiredService<TimeProvider>());
        });

    /// <summary>
    /// Stores in mem0: the hosted service, or a server of one's own. The key comes from <c>MEM0_API_KEY</c> unless the options say
    /// otherwise.
    /// </summary>
    public static IMemoryTriggersBuilder UseMem0(this IMemoryTriggersBuilder builder, Action<Mem0BackendOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new Mem0BackendOptions();
        configure?.Invoke(options);
        builder.Services.AddHttpClient(Mem0MemoryBackend.BackendName, static client => client.Timeout = Timeout.InfiniteTimeSpan)
            // A redirect would carry the key to wherever it leads.
            .ConfigurePrimaryHttpMessageHandler(static () =>
                new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
            // Its log lines would name each request.
            .RemoveAllLoggers();
        return builder.UseBackend(provider => new Mem0MemoryBackend(
            options,
            () => provider.GetRequiredService<IHttpClientFactory>().CreateClient(Mem0MemoryBackend.BackendName),
            provider.GetRequiredService<TimeProvider>()));
    }

    /// <summary>
    /// Stores in the first of several stores that is not away; see <see cref="BackendChain"/>. What has to go back to the first is noted in
    /// <c>chain-backlog.db</c> in the data folder, unless the options say something else. Relative paths of the stores and of the options
    /// begin at the data folder.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="create">Makes the stores, the one that is to have everything first.</param>
    /// <param name="configure">Changes the settings of the chain.</param>
    public static IMemoryTriggersBuilder UseBackendChain(
        this IMemoryTriggersBuilder builder, Func<IServiceProvider, IReadOnlyList<IMemoryBackend>> create,
        Action<BackendChainOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(create);
        return builder.UseBackend(provider =>
        {
            var options = new BackendChainOptions { BacklogPath = "chain-backlog.db" };
            configure?.Invoke(options);
            return new BackendChain(
                create(provider), options, provider.GetRequiredService<ILoggerFactory>().CreateLogger<BackendChain>(),
                provider.GetRequiredService<TimeProvider>());
        });
    }

    /// <summary>Spreads calls over several ways to one store; see <see cref="BalancedBackend"/>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="create">Makes the ways, all to the same memories.</param>
    /// <param name="configure">Changes the settings.</param>
    public static IMemoryTriggersBuilder UseBalancedBackends(
        this IMemoryTriggersBuilder builder, Func<IServiceProvider, IReadOnlyList<IMemoryBackend>> create,
        Action<BalancedBackendOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(create);
        return builder.UseBackend(provider =>
        {
            var options = new BalancedBackendOptions();
            configure?.Invoke(options);
            return new BalancedBackend(
                create(provider), options, provider.GetRequiredService<ILoggerFactory>().CreateLogger<BalancedBackend>(),
                provider.GetRequiredService<TimeProvider>());
        });
    }

    /// <summary>Keeps memories in memory only: they end with the process. For tests.</summary>
    public static IMemoryTriggersBuilder UseInMemoryBackend(this IMemoryTriggersBuilder builder) =>
        builder.UseBackend(static _ => new InMemoryMemoryBackend());
}
