using MemoryTriggers.Errors;

namespace MemoryTriggers;

/// <summary>
/// The known errors of the project: how often they occurred, and what resolved them. They are the program's, whoever its user was: a
/// <see cref="MemoryContext"/> decides about the project only. Thread-safe.
/// </summary>
/// <exception cref="MemoryBackendException">The store does not answer.</exception>
public sealed class MemoryErrors
{
    private const int MaxListed = MemoryQuery.MaxLimit;
    private static readonly MemoryQuery All = new() { AllUsers = true };
    private readonly MemoryModule _memory;

    internal MemoryErrors(MemoryModule memory) => _memory = memory;

    /// <summary>The known facts about an error, or <see langword="null"/> when it was never remembered in the project.</summary>
    public ValueTask<RecalledError?> GetAsync(ErrorFingerprint fingerprint, CancellationToken cancellationToken = default) =>
        GetAsync(fingerprint, All, cancellationToken);

    /// <summary>The same, in the project of a query; nothing else of the query counts.</summary>
    public async ValueTask<RecalledError?> GetAsync(ErrorFingerprint fingerprint, MemoryQuery scope,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        var all = All with { Project = scope.Project, AllProjects = scope.AllProjects };
        var seen = await _memory.GetStatisticsAsync(all with { AnyTags = [fingerprint.ErrorTag] }, cancellationToken).ConfigureAwait(false);
        if (seen.Total == 0) return null;
        var echoes = await _memory.GetStatisticsAsync(all with { AllTags = [fingerprint.ErrorTag, ErrorFingerprint.EchoTag] },
            cancellationToken).ConfigureAwait(false);
        var resolutions = await _memory.SearchAsync(all with { AnyTags = [fingerprint.ResolutionTag] }, cancellationToken)
            .ConfigureAwait(false);
        return new RecalledError(
            fingerprint, MemoryErrorReader.Occurrences(seen.Occurrences, echoes.Occurrences), seen.Oldest!.Value, seen.Newest!.Value,
            [.. resolutions.Select(static entry => new RecalledResolution(entry.Id, entry.Content, entry.CreatedAt))]);
    }

    /// <summary>The memories of an error, newest first.</summary>
    public ValueTask<IReadOnlyList<MemoryEntry>> GetOccurrencesAsync(ErrorFingerprint fingerprint, int limit = 10,
        CancellationToken cancellationToken = default) =>
        _memory.SearchAsync(All with { AnyTags = [fingerprint.ErrorTag], Limit = limit }, cancellationToken);

    /// <summary>The memories that say how an error was resolved, newest first.</summary>
    public ValueTask<IReadOnlyList<MemoryEntry>> GetResolutionsAsync(ErrorFingerprint fingerprint, int limit = 10,
        CancellationToken cancellationToken = default) =>
        _memory.SearchAsync(All with { AnyTags = [fingerprint.ResolutionTag], Limit = limit },
            cancellationToken);

    /// <summary>The errors of the latest 1,000 failures that match, the last seen first.</summary>
    public async ValueTask<IReadOnlyList<RecalledError>> ListAsync(MemoryQuery? query = null, CancellationToken cancellationToken = default)
    {
        query ??= All;
        var failures = await _memory.SearchAsync(
            query with { AllUsers = true, Outcome = TriggerOutcome.Failure, Limit = MaxListed, Offset = 0 }, cancellationToken)
            .ConfigureAwait(false);
        var errors = new List<RecalledError>();
        foreach (var fingerprint in failures.Select(MemoryErrorReader.ErrorOf).OfType<ErrorFingerprint>().Distinct())
            if (await GetAsync(fingerprint, query, cancellationToken).ConfigureAwait(false) is { } known) errors.Add(known);
        return errors;
    }

    /// <summary>Notes what resolved an error.</summary>
    /// <param name="fingerprint">Which error.</param>
    /// <param name="resolution">The solution, in one line.</param>
    /// <param name="draft">More about it: value, tags, project; its key, line and category are set. It is of no user, unless the draft
    /// names one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The id of the memory.</returns>
    public ValueTask<Guid> ResolveAsync(ErrorFingerprint fingerprint, string resolution, MemoryDraft? draft = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(resolution);
        var memory = (draft ?? new MemoryDraft { Key = "", Module = "errors" }) with
        {
            Key = $"resolution_{fingerprint}",
            Content = resolution.ReplaceLineEndings(" "),
            Category = MemoryCategories.Error,
            EntityType = "error",
            EntityId = fingerprint.Value,
            AllUsers = draft?.UserId is null,
        };
        return _memory.CreateAsync(memory with { Tags = [.. memory.Tags, ErrorLinkingBackend.ResolutionTag, fingerprint.ResolutionTag] },
            cancellationToken);
    }
}
