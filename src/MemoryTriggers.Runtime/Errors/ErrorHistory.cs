using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Errors;

/// <summary>
/// Reads errors of other processes, earlier and present ones, and their links: before the first write, then once a minute. Storing does
/// not depend on it: a store that cannot be read now is read later.
/// </summary>
internal sealed class ErrorHistory(IMemoryBackend store, ErrorIndex index, ResolutionLinks links, TimeProvider time, ILogger logger)
    : IDisposable
{
    private const int MostSuccesses = 100;
    private const int MostOperations = 100;
    private const int MaxAttempts = 5;
    private static readonly TimeSpan LookedBack = TimeSpan.FromDays(30);
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly Lock _gate = new();
    private DateTimeOffset _next = DateTimeOffset.MinValue;
    private DateTimeOffset? _readUntil;
    private int _attempts;

    /// <returns>The stored successes whose links changed.</returns>
    public async ValueTask<IReadOnlyCollection<Guid>> ReadAsync(CancellationToken cancellationToken)
    {
        if (!IsDue()) return [];
        await _reading.WaitAsync(cancellationToken).ConfigureAwait(false);
        using var deadline = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            if (!IsDue()) return [];
            var (now, until) = (time.GetUtcNow(), _readUntil);
            var changed = await ReadAsync(until is null ? now - LookedBack : until.Value - Overlap, until is null, either.Token)
                .ConfigureAwait(false);
            Read(until: now);
            return changed;
        }
        catch (Exception exception)
            when (exception is MemoryBackendException
                || exception is OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // A store that is slow to read is not asked for ever.
            Read(until: ++_attempts >= MaxAttempts ? time.GetUtcNow() : null);
            Log.NotLoaded(logger, exception.Message);
            return [];
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>Reads the successes of operations that are known to have succeeded after a failure that arrived late.</summary>
    /// <returns>The stored successes whose links changed.</returns>
    public async ValueTask<IReadOnlyCollection<Guid>> ReadLateAsync(LearnedLinks learned, CancellationToken cancellationToken)
    {
        var changed = new HashSet<Guid>(learned.Changed);
        try
        {
            foreach (var (name, since) in learned.Late)
                changed.UnionWith(await SuccessesAsync(name, since, MemoryQuery.MaxLimit, cancellationToken).ConfigureAwait(false));
        }
        catch (MemoryBackendException exception)
        {
            // They are read again with the next process.
            Log.NotLoaded(logger, exception.Message);
        }

        return changed;
    }

    public void Dispose() => _reading.Dispose();

    private bool IsDue()
    {
        lock (_gate) return time.GetUtcNow() >= _next;
    }

    private void Read(DateTimeOffset? until)
    {
        lock (_gate)
        {
            _next = time.GetUtcNow() + Between;
            if (until is not null) (_readUntil, _attempts) = (until, 0);
        }
    }

    private async ValueTask<HashSet<Guid>> ReadAsync(DateTimeOffset since, bool isFirst, CancellationToken cancellationToken)
    {
        var query = new MemoryQuery { AllProjects = true, Limit = MemoryQuery.MaxLimit, Since = since };
        var failures = await store.QueryAsync(query with { Outcome = TriggerOutcome.Failure }, cancellationToken).ConfigureAwait(false);
        var linked = await store.QueryAsync(query with { AnyTags = [ErrorLink.ResolutionTag, ErrorLink.CoincidenceTag] },
            cancellationToken).ConfigureAwait(false);
        // Later, an error that is known here was counted when it was stored.
        foreach (var failure in failures.Reverse())
            if (MemoryErrorReader.ErrorOf(failure) is { } error && (isFirst || index.Find(failure.Project, error) is null))
                index.Seen(error, failure);
        var learned = links.Learn([.. failures.Reverse()], isStored: true);
        learned.Changed.UnionWith(links.Learn(linked, isStored: true).Changed);
        foreach (var entry in linked.Reverse()) index.Linked(entry);

        var changed = new HashSet<Guid>(learned.Changed);
        foreach (var (name, end) in isFirst ? links.Failing(MostOperations) : [])
            changed.UnionWith(await SuccessesAsync(name, end, MostSuccesses, cancellationToken).ConfigureAwait(false));
        foreach (var (name, end) in learned.Late)
            changed.UnionWith(await SuccessesAsync(name, end, MostSuccesses, cancellationToken).ConfigureAwait(false));
        Log.Loaded(logger, failures.Count, linked.Count);
        return changed;
    }

    // Of so many, the newest are read: the earlier ones were linked when they were stored.
    private async ValueTask<HashSet<Guid>> SuccessesAsync(
        (string Project, string Key) name, DateTimeOffset since, int most, CancellationToken cancellationToken)
    {
        var query = new MemoryQuery
        {
            Project = name.Project,
            Key = name.Key,
            Outcome = TriggerOutcome.Success,
            Since = since - Execution.Clocks,
            Limit = most,
        };
        return links.Learn(await store.QueryAsync(query, cancellationToken).ConfigureAwait(false), isStored: true).Changed;
    }
}
