using MemoryTriggers.Configuration;
using MemoryTriggers.Delivery;
using MemoryTriggers.Policies;
using MemoryTriggers.Problems;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Hosting;

/// <summary>
/// The policies, joined: who decides, what carries their actions out, and what they remember from one process to the next.
/// </summary>
internal sealed class PolicyStage : IStage
{
    private readonly PoliciesOptions _options;
    private readonly ConfiguredStages? _stages;
    private readonly PolicyActionQueue _actions;
    private readonly WaitingActions? _waiting;
    private readonly ILogger _logger;
    private readonly ProblemLog _problems;
    private readonly TimeProvider _time;
    private readonly PolicyStateFile? _file;
    private readonly PolicyStateLoop _state;

    /// <param name="options">The settings.</param>
    /// <param name="backend">The store that actions work on.</param>
    /// <param name="webhooks">How actions reach other hosts.</param>
    /// <param name="raise">Takes alerts to the channels of those names.</param>
    /// <param name="folder">Where state is kept: the folder of the journal, which is this process's own; <see langword="null"/> for
    /// nowhere.</param>
    /// <param name="stages">The stages of a configuration file.</param>
    /// <param name="problems">Learns of files that were set aside.</param>
    /// <param name="loggers">Where to log.</param>
    /// <param name="time">The clock.</param>
    public PolicyStage(
        MemoryTriggersOptions options, IMemoryBackend backend, WebhookClient webhooks, Action<MemoryAlert, IReadOnlyList<string>> raise,
        string? folder, ConfiguredStages? stages, ProblemLog problems, ILoggerFactory loggers, TimeProvider time)
    {
        (_options, _stages, _problems, _time) = (options.Policies, stages, problems, time);
        Loops = new StageLoops(time);
        var logger = loggers.CreateLogger<PolicyEngine>();
        Engine = new PolicyEngine(PolicyLoading.Load(_options), _options.KeptDecisions, time, logger);
        var log = loggers.CreateLogger<PolicyActionRunner>();
        _logger = log;
        var handlers = PolicyActionRunner.BuiltIn(backend, webhooks, time, log, raise)
            .Concat(_options.Actions.Select(static action => new CustomActionHandler(action)));
        _waiting = folder is null ? null : new WaitingActions(folder, problems, time, log);
        _actions = new PolicyActionQueue(
            Engine, new PolicyActionRunner(Engine, handlers, time, log), _options.MaxWaitingActions, _waiting,
            loggers.CreateLogger<PolicyActionQueue>(), _options.ConcurrentActions)
        {
            Wants = stages is null ? null : stages.Wants,
        };
        var rules = options.Rules ?? new DeliveryPolicies(Engine, _actions, _options.DeferFor);
        var gate = stages?.Gate(rules, Engine);
        Rules = gate ?? rules;
        var engine = new EngineMemory(Engine, time);
        _file = folder is null
            ? null
            : new PolicyStateFile(folder, gate is null ? [engine] : [engine, gate], problems, options.Journal.Disk, time, logger);
        _file?.Restore();
        _state = new PolicyStateLoop(_file, _options.SaveStateEvery, time);
    }

    public string Name => "policies";

    public StageLoops Loops { get; }

    public PolicyEngine Engine { get; }

    /// <summary>The problems, one per line.</summary>
    public IEnumerable<string> Problems => ((string?[])[_file?.Problem, _waiting?.Problem]).OfType<string>();

    /// <summary>The rules that decide about a record.</summary>
    public IDeliveryRules Rules { get; }

    /// <summary>Saves what is remembered, and carries actions out: until nothing more comes and nothing waits.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        Loops.Run(_state.RunAsync);
        Loops.Run((_, abort) => _actions.RunAsync(abort));
        return Task.CompletedTask;
    }

    /// <summary>Takes over the actions that a dead process has left.</summary>
    /// <param name="folder">The folder of its journal, which is this process's for now.</param>
    public void Adopt(string folder)
    {
        using var left = new WaitingActions(folder, _problems, _time, _logger);
        _actions.Adopt(left);
    }

    /// <summary>Takes over what the configuration says now.</summary>
    public void Change()
    {
        var isConfigured = _stages?.Live.Current.Policies is { File: not null } or { UseDefaults: true };
        if (isConfigured || Engine.Set.Rules.Count + Engine.Set.Policies.Count > 0) Engine.Reload(PolicyLoading.Load(_options));
    }

    /// <summary>
    /// Nothing is decided any more: what waits is still executed within the deadline, and what is remembered is saved for the last time.
    /// </summary>
    public async Task StopAsync(CancellationToken deadline)
    {
        _actions.Complete();
        await Loops.EndAsync(deadline).ConfigureAwait(false);
        _state.End();
        if (_actions.Waiting is > 0 and var waiting) Policies.Log.ActionsWait(_logger, waiting);
        _waiting?.Dispose();
    }
}
