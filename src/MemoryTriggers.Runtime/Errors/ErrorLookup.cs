namespace MemoryTriggers.Errors;

/// <summary>
/// Asks the store about an error that is not known in memory, such as one that another process has seen. One question at a time, each error
/// once a minute; the failing call waits for the budget at most. A later answer is known from then on. Thread-safe.
/// </summary>
internal sealed class ErrorLookup(IMemoryBackend store, ErrorIndex index, AutoRecallOptions options, TimeProvider time)
{
    private const int MaxAsked = 1_024;
    private const int MaxEntries = 100;
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);
    private readonly Lock _gate = new();
    private readonly Dictionary<(string, ErrorFingerprint), long> _asked = [];
    private readonly TimeSpan _budget = options.Budget;
    private bool _isAsking;
    private long _abandoned;

    /// <summary>How often the answer did not come in time.</summary>
    public long Abandoned => Interlocked.Read(ref _abandoned);

    /// <summary>
    /// What the store knows, if it says so in time. Blocks the caller, who is on the path of an exception, and cannot await.
    /// </summary>
    public RecalledError? Find(string project, ErrorFingerprint fingerprint)
    {
        if (_budget == TimeSpan.Zero || !TryBegin(project, fingerprint)) return null;
        Task asking;
        // On the thread pool, in a flow of its own: nothing of the caller's is kept alive, and what the store does is not captured.
        using (ExecutionContext.SuppressFlow()) asking = Task.Run(() => AskAsync(project, fingerprint));
        if (asking.Wait(_budget)) return index.Find(project, fingerprint);
        Interlocked.Increment(ref _abandoned);
        return null;
    }

    private bool TryBegin(string project, ErrorFingerprint fingerprint)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            if (_isAsking || _asked.TryGetValue((project, fingerprint), out var last) && time.GetElapsedTime(last, now) < Between)
                return false;
            if (_asked.Count >= MaxAsked) _asked.Clear();
            _asked[(project, fingerprint)] = now;
            return _isAsking = true;
        }
    }

    private async Task AskAsync(string project, ErrorFingerprint fingerprint)
    {
        try
        {
            using var nothing = TriggerHub.SuppressCapture();
            var query = new MemoryQuery
            {
                Project = project,
                AnyTags = [fingerprint.ErrorTag, fingerprint.ResolutionTag, fingerprint.CoincidenceTag],
                Limit = MaxEntries,
            };
            var entries = await store.QueryAsync(query, CancellationToken.None).ConfigureAwait(false);
            foreach (var entry in entries.Reverse())
            {
                if (entry.Outcome.IsError() && MemoryErrorReader.ErrorOf(entry) == fingerprint)
                    index.Seen(fingerprint, entry);
                index.Linked(entry);
            }
        }
        catch (MemoryBackendException)
        {
            // Nothing is known while the store is unavailable.
        }
        finally
        {
            lock (_gate) _isAsking = false;
        }
    }
}
