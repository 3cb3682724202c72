using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Configuration;

/// <summary>Makes the store that the section <c>backend</c> describes.</summary>
internal sealed class BackendMapping(
    ConfigurationSnapshot configuration, string folder, Func<IMemoryBackend> local, ILoggerFactory loggers, TimeProvider time)
{
    private const int MaxRequests = 100;

    private readonly BackendSettings _settings = configuration.Backend;

    /// <summary>How many connections there may be.</summary>
    public static int Connections(BackendSettings settings) => settings.PoolEnabled ? settings.PoolSize + settings.PoolMaxOverflow : 1;

    /// <summary>The longest time that any call may take: a limit that a store has itself must not be shorter.</summary>
    public static TimeSpan LongestCall(ConfigurationSnapshot all) => TimeSpan.FromSeconds(new[]
    {
        all.CircuitBreaker.OperationTimeout.TotalSeconds, all.Performance.CreateTimeout, all.Backend.WriteTimeout ?? 0,
        all.Backend.ReadTimeout ?? 0, all.Performance.RecallTimeout ?? 0, all.Performance.SearchTimeout ?? 0,
    }.Max());

    /// <summary>mem0 alone, for a tool that looks at what programs keep there.</summary>
    public static IMemoryBackend CreateMem0(ConfigurationSnapshot configuration, TimeProvider time) =>
        new BackendMapping(configuration, "", static () => throw new NotSupportedException(), NullLoggerFactory.Instance, time).Mem0();

    /// <exception cref="MemoryConfigurationException">The program has no such store.</exception>
    public IMemoryBackend Create()
    {
        List<string> names = _settings.BackendType == "hybrid" ? ["mem0", "local"] : [_settings.BackendType];
        if (_settings.FailoverEnabled)
            names.AddRange(
                _settings.FailoverBackends.Where(static name => name is "mem0" or "local" || PackageStores.Names.Contains(name)));
        IMemoryBackend[] stores = [.. names.Distinct(StringComparer.Ordinal).Select(Create)];
        return stores is [var only] ? only : new BackendChain(stores, Chain(stores.Length), loggers.CreateLogger<BackendChain>(), time);
    }

    private IMemoryBackend Create(string name) => name switch
    {
        "local" => local(),
        "mem0" => Mem0(),
        _ when PackageStores.Find(name) is { } store => store.Create(configuration, folder, loggers, time),
        _ => throw new MemoryConfigurationException(
        [
            new MemoryConfigurationIssue(
                MemoryConfigurationSeverity.Error, IssueCodes.Create, "backend.backend_type",
                $"is {name}, and the program has no such store",
                $"reference the package {PackageStores.Package(name)}; it needs no further call (a store that the program registers " +
                    "goes before the configuration)"),
        ]),
    };

    // A read that hangs in one store leaves time for the others.
    private BackendChainOptions Chain(int count)
    {
        var options = new BackendChainOptions { BacklogPath = "chain-backlog.db" };
        if (Math.Max(_settings.ReadTimeout ?? 0, _settings.WriteTimeout ?? 0) is > 0 and var seconds)
            options.CircuitBreaker.OperationTimeout = TimeSpan.FromSeconds(seconds);
        double?[] reads = [configuration.Performance.RecallTimeout, configuration.Performance.SearchTimeout, _settings.ReadTimeout];
        if (reads.Min() is { } whole && TimeSpan.FromSeconds(whole / count) is var share && share < options.CircuitBreaker.OperationTimeout)
            options.ReadTimeout = share;
        if (_settings.MaxRetries is { } retries) options.StartAttempts = 1 + retries;
        return options;
    }

    private Mem0MemoryBackend Mem0()
    {
        var details = _settings.Details;
        var options = new Mem0BackendOptions
        {
            ApiKeyEnvironmentVariable = details.ApiKeyEnv ?? "MEM0_API_KEY",
            ApiKey = details.ApiKey,
            OrganizationId = details.OrganizationId,
            Timeout = TimeSpan.FromSeconds(details.Timeout),
            MaxConcurrency = Math.Min(MaxRequests, Connections(_settings)),
        };
        if (details.UserId is { } user) options.UserId = user;
        if (details.Host is { } host) options.BaseAddress = new Uri(SettingForms.Address(host));

        // A redirect would carry the key to wherever it leads.
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(_settings.ConnectionTimeout),
            MaxConnectionsPerServer = Connections(_settings),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        return new Mem0MemoryBackend(
            options, () => new HttpClient(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan }, time);
    }
}
