using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Errors;

/// <summary>
/// Marks memories of errors with their fingerprint, and the first success of an operation after a failure with that of the failure. Tells
/// the index of both. Thread-safe.
/// </summary>
internal sealed class ErrorLinkingBackend(IMemoryBackend inner, ErrorIndex index, TimeProvider time, ILogger logger)
    : DelegatingMemoryBackend(inner)
{
    internal const string ResolutionTag = "resolution";
    private const int MaxAttempts = 5;
    private static readonly TimeSpan LookedBack = TimeSpan.FromDays(30);
    private static readonly TimeSpan LoadTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim _loading = new(1, 1);
    private volatile bool _isLoaded;
    private DateTimeOffset _nextTry;
    private int _attempts;

    public override async ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken).ConfigureAwait(false);
        var open = new Dictionary<(string, string), OpenError?>();
        var linked = batch.Select(entry => Link(entry, open)).ToList();
        await Inner.StoreAsync(linked, cancellationToken).ConfigureAwait(false);
        foreach (var entry in linked) Note(entry);
    }

    public override async ValueTask ChangeAsync(Guid id, Func<MemoryEntry?, IReadOnlyList<MemoryEntry>> change,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<MemoryEntry> changed = [];
        await Inner.ChangeAsync(id, current => changed = change(current), cancellationToken).ConfigureAwait(false);
        foreach (var entry in changed.Where(static entry => entry.SupersededBy is null)) Note(entry);
    }

    public override async ValueTask DisposeAsync()
    {
        await Inner.DisposeAsync().ConfigureAwait(false);
        _loading.Dispose();
    }

    // Errors earlier in the same batch are open as well, although they are not noted yet.
    private MemoryEntry Link(MemoryEntry entry, Dictionary<(string, string), OpenError?> open)
    {
        if (entry.SupersededBy is not null || entry.TriggerType is null) return entry;
        var operation = (entry.Project, entry.Key);
        if (entry.Outcome.IsError() && MemoryErrorReader.FingerprintOf(entry) is { } fingerprint)
        {
            open[operation] = new OpenError(fingerprint, entry);
            return WithTags(entry, fingerprint.ErrorTag);
        }

        if (entry.Outcome != TriggerOutcome.Success) return entry;
        var failed = open.TryGetValue(operation, out var known) ? known : index.Open(entry.Project, entry.Key);
        if (failed?.IsAfter(entry) == true) return entry;
        open[operation] = null;
        return failed is null ? entry : WithTags(entry, ResolutionTag, failed.Fingerprint.ResolutionTag);
    }

    private void Note(MemoryEntry entry)
    {
        foreach (var resolved in MemoryErrorReader.ResolvedBy(entry)) index.Resolved(resolved, entry);
        if (entry.Outcome.IsError() && MemoryErrorReader.ErrorOf(entry) is { } error) index.Failed(error, entry);
        else if (entry.Outcome == TriggerOutcome.Success && entry.TriggerType is not null) index.Succeeded(entry);
    }

    // What earlier processes have seen. Storing does not depend on it: a store that cannot be read now is read later.
    private async ValueTask LoadAsync(CancellationToken cancellationToken)
    {
        if (_isLoaded || time.GetUtcNow() < _nextTry) return;
        await _loading.WaitAsync(cancellationToken).ConfigureAwait(false);
        using var deadline = new CancellationTokenSource(LoadTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            if (!_isLoaded) await ReadAsync(either.Token).ConfigureAwait(false);
            _isLoaded = true;
        }
        catch (Exception exception)
            when (exception is MemoryBackendException
                || exception is OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // A store that is slow to read is not asked for ever.
            if (++_attempts == MaxAttempts) _isLoaded = true;
            _nextTry = time.GetUtcNow() + Between;
            Log.NotLoaded(logger, exception.Message);
        }
        finally
        {
            _loading.Release();
        }
    }

    // What was failing when they ended, and what resolved it.
    private async ValueTask ReadAsync(CancellationToken cancellationToken)
    {
        var query = new MemoryQuery { AllProjects = true, Limit = MemoryQuery.MaxLimit, Since = time.GetUtcNow() - LookedBack };
        var failures = await Inner.QueryAsync(query with { Outcome = TriggerOutcome.Failure }, cancellationToken).ConfigureAwait(false);
        foreach (var entry in failures.Reverse()) Note(entry);
        foreach (var newest in failures.DistinctBy(static entry => (entry.Project, entry.Key)))
            await NoteSuccessAfterAsync(newest, cancellationToken).ConfigureAwait(false);
        var resolutions = await Inner.QueryAsync(query with { AnyTags = [ResolutionTag] }, cancellationToken).ConfigureAwait(false);
        foreach (var entry in resolutions.Reverse())
            foreach (var resolved in MemoryErrorReader.ResolvedBy(entry)) index.Resolved(resolved, entry);
        Log.Loaded(logger, failures.Count, resolutions.Count);
    }

    private async ValueTask NoteSuccessAfterAsync(MemoryEntry failure, CancellationToken cancellationToken)
    {
        var later = new MemoryQuery
        {
            Project = failure.Project,
            Key = failure.Key,
            Outcome = TriggerOutcome.Success,
            Since = failure.CreatedAt,
            Limit = 1,
        };
        if ((await Inner.QueryAsync(later, cancellationToken).ConfigureAwait(false)).FirstOrDefault() is { TriggerType: not null } success)
            index.Succeeded(success);
    }

    private static MemoryEntry WithTags(MemoryEntry entry, params ReadOnlySpan<string> tags)
    {
        var all = new List<string>(entry.Tags);
        foreach (var tag in tags)
            if (!all.Contains(tag)) all.Add(tag);
        return entry with { Tags = all };
    }
}
