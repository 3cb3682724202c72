using MemoryTriggers;
using MemoryTriggers.Hooks;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

public static partial class MemoryTriggersServiceCollectionExtensions
{
    /// <summary>
    /// Remembers the start and the stop of the host, the exception that ends the process, and unobserved exceptions of tasks.
    /// </summary>
    public static IMemoryTriggersBuilder AddHostHooks(this IMemoryTriggersBuilder builder, Action<HostHookOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        Configure(builder.Services, configure);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, HostHooks>());
        return builder;
    }

    /// <summary>
    /// Remembers errors that are logged, rate-limited and each once, with their exceptions and scopes; never what this library logs.
    /// </summary>
    public static IMemoryTriggersBuilder AddLogHooks(this IMemoryTriggersBuilder builder, Action<LogHookOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        Configure(builder.Services, configure).ValidateOnStart();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<LogHookOptions>, LogHookOptionsValidator>());
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<ILoggerProvider, MemoryLoggerProvider>());
        // The loggers then do not even ask about lines below that.
        builder.Services.AddOptions<LoggerFilterOptions>().Configure<IOptions<LogHookOptions>>(static (filters, hook) =>
            filters.AddFilter<MemoryLoggerProvider>(null, hook.Value.MinimumLevel));
        return builder;
    }

    /// <summary>Remembers the activities of sources when they end.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="sources">The names of the sources; <c>Shop.*</c> matches all with that prefix.</param>
    public static IMemoryTriggersBuilder AddActivityHooks(this IMemoryTriggersBuilder builder, params string[] sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        return builder.AddActivityHooks(options =>
        {
            foreach (var source in sources) options.Sources.Add(source);
        });
    }

    /// <summary>Remembers the activities of chosen sources when they end.</summary>
    public static IMemoryTriggersBuilder AddActivityHooks(this IMemoryTriggersBuilder builder, Action<ActivityHookOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        Configure(builder.Services, configure);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ActivityHook>());
        return builder;
    }

    /// <summary>Remembers the requests that other services have failed, of every client that <c>IHttpClientFactory</c> makes.</summary>
    public static IMemoryTriggersBuilder AddHttpClientHooks(this IMemoryTriggersBuilder builder, Action<HttpHookOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        AddHttpFailures(builder.Services, configure);
        builder.Services.AddHttpClient();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHttpMessageHandlerBuilderFilter, HttpFailureFilter>(
            static provider => new HttpFailureFilter(provider.GetRequiredService<HttpFailures>(), Mem0MemoryBackend.BackendName)));
        return builder;
    }

    /// <summary>
    /// Remembers the requests of this client that other services have failed. Without memory triggers in the program it does nothing.
    /// </summary>
    public static IHttpClientBuilder AddMemoryTriggers(this IHttpClientBuilder builder, Action<HttpHookOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        AddHttpFailures(builder.Services, configure);
        var name = builder.Name;
        return builder.AddHttpMessageHandler(services => new HttpFailureHandler(services.GetRequiredService<HttpFailures>(), name));
    }

    private static void AddHttpFailures(IServiceCollection services, Action<HttpHookOptions>? configure)
    {
        services.TryAddSingleton(TimeProvider.System);
        Configure(services, configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<HttpHookOptions>, HttpHookOptionsValidator>());
        services.TryAddSingleton<HttpTimeouts>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<HttpClientFactoryOptions>, HttpTimeouts>(
            static services => services.GetRequiredService<HttpTimeouts>()));
        services.TryAddSingleton<HttpFailures>();
    }

    private static OptionsBuilder<TOptions> Configure<TOptions>(IServiceCollection services, Action<TOptions>? configure)
        where TOptions : class
    {
        var options = services.AddOptions<TOptions>();
        if (configure is not null) options.Configure(configure);
        return options;
    }
}
