using MemoryTriggers.Errors;

namespace MemoryTriggers.Recording;

/// <summary>The failures of earlier runs without a later success.</summary>
internal sealed class OpenFailures
{
    private static readonly TimeSpan LookedBack = TimeSpan.FromDays(30);
    private readonly Dictionary<string, HashSet<ErrorFingerprint>> _open = new(StringComparer.Ordinal);

    public static async Task<OpenFailures> ReadAsync(IMemoryBackend store, string project, RunTags tags, DateTimeOffset now)
    {
        var open = new OpenFailures();
        var closed = new HashSet<string>(StringComparer.Ordinal);
        var query = new MemoryQuery
        {
            Project = project,
            AnyTags = [tags.Failure, tags.Fixed],
            Since = now - LookedBack,
            Limit = MemoryQuery.MaxLimit,
        };
        // The newest first: failures before a success are over.
        foreach (var entry in await store.QueryAsync(query, CancellationToken.None))
        {
            if (entry.Tags.Contains(tags.Fixed)) closed.Add(entry.Key);
            else if (!closed.Contains(entry.Key) && MemoryErrorReader.ErrorOf(entry) is { } error) open.Add(entry.Key, error);
        }

        return open;
    }

    /// <summary>The errors of an operation; none when it did not fail.</summary>
    public IReadOnlyCollection<ErrorFingerprint> Of(string operation) => _open.TryGetValue(operation, out var errors) ? errors : [];

    private void Add(string operation, ErrorFingerprint error)
    {
        if (!_open.TryGetValue(operation, out var errors)) _open[operation] = errors = [];
        errors.Add(error);
    }
}
