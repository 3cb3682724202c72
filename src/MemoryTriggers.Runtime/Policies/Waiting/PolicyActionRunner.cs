using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Policies;

/// <summary>
/// Carries out what a decision asks for, in order: one after the other, those marked as asynchronous beside the others. Retries, waits and
/// time limits are those of the action. A failed action does not keep the next one from running. Thread-safe.
/// </summary>
internal sealed class PolicyActionRunner(PolicyEngine engine, IEnumerable<IPolicyActionHandler> handlers, TimeProvider time,
    ILogger<PolicyActionRunner> logger)
{
    /// <summary>Reads an environment variable, for secrets.</summary>
    public Func<string, string?> Variables { get; init; } = Environment.GetEnvironmentVariable;

    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, IPolicyActionHandler> _handlers = handlers.ToDictionary(static handler => handler.Type,
        StringComparer.Ordinal);

    /// <summary>The handlers of the built-in types.</summary>
    public static IEnumerable<IPolicyActionHandler> BuiltIn(IMemoryBackend backend, WebhookClient webhooks, TimeProvider time,
        ILogger logger, Action<MemoryAlert, IReadOnlyList<string>>? raise = null) =>
    [
        new CreateMemoryHandler(backend), new RecallMemoryHandler(backend), new UpdateMemoryHandler(backend, time),
        new DeleteMemoryHandler(backend, time),
        new ArchiveMemoryHandler(backend, time), new ScoreHandler(backend, time), new TagHandler(backend, time, isAdded: true),
        new TagHandler(backend, time, isAdded: false), new AlertHandler(logger, time, raise), new LogHandler(logger),
        new WebhookHandler(webhooks),
    ];

    /// <summary>Returns when all have ended, in the order of the actions.</summary>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public async Task<IReadOnlyList<PolicyActionResult>> RunAsync(PolicyDecision decision, CancellationToken cancellationToken)
    {
        if (decision.Actions.Count == 0) return [];
        var running = new List<Task<PolicyActionResult>>(decision.Actions.Count);
        foreach (var call in decision.Actions)
        {
            int? recalled = null;
            if (LateNames.AreResultsOf(call))
            {
                recalled = Recalled(call.Rule, await Task.WhenAll(running).ConfigureAwait(false));
                if (LateNames.AreIn(call.Action.Condition) && !LateCondition.IsMet(call.Action.Condition!, recalled)) continue;
            }

            var task = RunAsync(call, decision.Entry, recalled, cancellationToken);
            running.Add(task);
            if (!call.Action.AsyncExecution) await Task.WhenAny(task).ConfigureAwait(false);
            if (task.IsCanceled) break;
        }

        var results = await Task.WhenAll(running).ConfigureAwait(false);
        engine.RecordActionResults(results);
        return results;
    }

    private static int? Recalled(string rule, IEnumerable<PolicyActionResult> results)
    {
        var last = results.LastOrDefault(result => result.Rule == rule && result.ActionType == PolicyActionTypes.RecallMemory);
        return last is { Success: true } ? last.Entries.Count : null;
    }

    private async Task<PolicyActionResult> RunAsync(PolicyActionCall call, MemoryEntry entry, int? recalled,
        CancellationToken cancellationToken)
    {
        var failed = new PolicyActionResult(call.Rule, call.Action.Type, Success: false, Attempts: 0);
        if (!_handlers.TryGetValue(call.Action.Type, out var handler))
            return failed with { Error = "nothing in this program carries it out" };

        for (var attempt = 1; ; attempt++)
        {
            var (entries, error, isPermanent) = await TryAsync(handler, call, entry, recalled, cancellationToken).ConfigureAwait(false);
            if (error is null) return failed with { Success = true, Attempts = attempt, Entries = entries };
            if (isPermanent || attempt > call.Action.RetryCount)
            {
                Log.ActionFailed(logger, call.Action.Type, call.Rule, attempt, error);
                return failed with { Attempts = attempt, Error = error };
            }

            await Task.Delay(call.Action.RetryDelay, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<(IReadOnlyList<MemoryEntry> Entries, string? Error, bool IsPermanent)> TryAsync(
        IPolicyActionHandler handler, PolicyActionCall call, MemoryEntry entry, int? recalled, CancellationToken cancellationToken)
    {
        // An action of the program's own recalls and remembers on behalf of the memory, not of what runs on this thread.
        var origin = entry.Provenance;
        MemoryContext.Replace(new() { Project = entry.Project, UserId = origin.UserId, SessionId = origin.SessionId });
        var limit = call.Action.Timeout ?? DefaultTimeout;
        using var deadline = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            var ready = LateNames.AreIn(call.Action) ? call with { Parameters = Complete(call, recalled) } : call;
            return (await handler.ExecuteAsync(ready, entry, either.Token).AsTask().WaitAsync(either.Token).ConfigureAwait(false),
                null, false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException)
        {
            return ([], $"no answer within {limit}", false);
        }
        catch (PolicyActionException exception)
        {
            return ([], exception.Message, exception.IsPermanent);
        }
        catch (MemoryBackendException exception)
        {
            return ([], exception.Message, !exception.IsTransient);
        }
        catch (Exception exception)
        {
            // Action boundary: a handler of the program may throw anything, and its message may hold payload.
            return ([], exception.GetType().Name, false);
        }
    }

    private JsonElement Complete(PolicyActionCall call, int? recalled) => LateTemplate.Fill(call.Parameters, name => name switch
    {
        ResultNames.RecalledCount => recalled
            ?? throw new PolicyActionException($"'{name}' has no value: no memories were recalled before", isPermanent: true),
        // An update keeps them anyway.
        ResultNames.ExistingTags => "",
        _ => Secret(Secrets.VariableOf(name)),
    });

    private string Secret(string? variable) => variable is not null && Variables(variable) is { Length: > 0 } secret
        ? secret
        : throw new PolicyActionException($"the environment variable {variable} is not set", isPermanent: true);
}
