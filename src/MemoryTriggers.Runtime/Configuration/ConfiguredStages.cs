using MemoryTriggers.Delivery;
using MemoryTriggers.Files;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Configuration;

/// <summary>
/// What a configuration adds to the stages of a runtime: repetition of reads, the gate of trigger policies, and taking over changes.
/// </summary>
internal sealed class ConfiguredStages
{
    private readonly ConfigurationSource _source;
    private readonly MemoryTriggersOptions _options;
    private readonly DataDirectory _data;
    private readonly TimeProvider _time;
    private TriggerPolicyGate? _gate;
    private ConfigurationReload? _reload;
    private FileWatch? _policyWatch;

    public ConfiguredStages(
        ConfigurationSource source, MemoryTriggersOptions options, DataDirectory data, ILoggerFactory loggers, TimeProvider time)
    {
        (_source, _options, _data, _time) = (source, options, data, time);
        Live = new LiveConfiguration(source.First);
        Loggers = new ConfiguredLoggers(loggers, Live);
    }

    public LiveConfiguration Live { get; }

    public ILoggerFactory Loggers { get; }

    /// <summary>The store that the configuration wants, when the program has none of its own.</summary>
    public IMemoryBackend Store(Func<IMemoryBackend> local) => new BackendMapping(Live.Current, _data.Root, local, Loggers, _time).Create();

    public IMemoryBackend Retrying(IMemoryBackend backend) =>
        new RetryingBackend(backend, Live, _time, Loggers.CreateLogger<RetryingBackend>());

    public TriggerPolicyGate Gate(IDeliveryRules rules, PolicyEngine engine) =>
        _gate = new TriggerPolicyGate(rules, engine, Live, _options.Policies.DeferFor, _time, Loggers.CreateLogger<TriggerPolicyGate>());

    public bool Wants(PolicyActionCall call) =>
        Live.Current.Features.AutoRecall != false || call.Action.Type != PolicyActionTypes.RecallMemory;

    /// <summary>Empties the store, if that is wanted: for tests.</summary>
    public async Task CleanAsync(IMemoryBackend backend, CancellationToken cancellationToken)
    {
        if (!Live.Current.Backend.Details.CleanupOnStart || Live.Current.Backend.BackendType != "local") return;
        await backend.DeleteManyAsync(new MemoryQuery { AllProjects = true }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Begins to take over changes.</summary>
    /// <param name="changed">Tells the other stages that the options have changed. Throws before it has told any.</param>
    public void Start(Action changed)
    {
        _reload = new ConfigurationReload(
            _source, Live, new ConfigurationAudit(_data.Root, _time, Loggers.CreateLogger<ConfigurationAudit>()), Apply,
            Loggers.CreateLogger<ConfigurationReload>());
        if (HasIdleVectors) Log.VectorsIdle(Loggers.CreateLogger<ConfiguredStages>());
        _policyWatch = new FileWatch(
            () => Live.Current.Policies.File is { } file ? [PolicyFileRules.PathOf(file)] : [], _reload.Reload, _time);

        void Apply(MemoryConfigurationReport before, MemoryConfigurationReport after)
        {
            OptionKeys.Change(before, after, _source.Unsaid, _options);
            try
            {
                changed();
            }
            catch (PolicyException)
            {
                OptionKeys.Change(after, before, _source.Unsaid, _options);
                throw;
            }

            _gate?.Change();
        }
    }

    public void Stop()
    {
        _policyWatch?.Dispose();
        _reload?.Dispose();
    }

    // Only here it is known what the program has.
    private bool HasIdleVectors => !_options.HasVectors &&
        Live.Report.Values.Any(
            static value => value.Path.StartsWith("vectors.", StringComparison.Ordinal) &&
                value.Origin != MemoryConfigurationOrigin.Default);

    public IEnumerable<string> Problems()
    {
        if (HasIdleVectors) yield return "the section vectors does nothing: nothing here searches by meaning";
        if (_reload?.Refused is { Count: > 0 } refused)
        {
            var more = refused.Count > 1 ? $", and {refused.Count - 1} more" : "";
            yield return $"the changed configuration is refused: {refused[0]}{more}";
        }
    }
}
