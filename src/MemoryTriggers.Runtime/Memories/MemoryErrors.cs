using System.Runtime.CompilerServices;
using MemoryTriggers.Errors;

namespace MemoryTriggers;

/// <summary>
/// The known errors of the project: how often they occurred, and what resolved them. They are the program's, for every user: a
/// <see cref="MemoryContext"/> decides about the project only. Thread-safe.
/// </summary>
/// <exception cref="MemoryBackendException">The store does not answer.</exception>
public sealed class MemoryErrors
{
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
        var resolutions = await LinksAsync(all, fingerprint.ResolutionTag, cancellationToken).ConfigureAwait(false);
        var coincidences = await LinksAsync(all, fingerprint.CoincidenceTag, cancellationToken).ConfigureAwait(false);
        return new RecalledError(
            fingerprint, MemoryErrorReader.Occurrences(seen.Occurrences, echoes.Occurrences), seen.Oldest!.Value, seen.Newest!.Value,
            resolutions) { Coincidences = coincidences };
    }

    private ValueTask<List<RecalledResolution>> LinksAsync(MemoryQuery all, string tag, CancellationToken cancellationToken) =>
        _memory.ReadAllAsync(all with { AnyTags = [tag] }, cancellationToken)
            .Select(static entry => new RecalledResolution(entry.Id, entry.Content, entry.CreatedAt)).ToListAsync(cancellationToken);

    /// <summary>All memories of an error, newest first.</summary>
    /// <inheritdoc cref="MemoryModule.ReadAllAsync" path="/remarks"/>
    public IAsyncEnumerable<MemoryEntry> GetOccurrencesAsync(
        ErrorFingerprint fingerprint, CancellationToken cancellationToken = default) =>
        _memory.ReadAllAsync(All with { AnyTags = [fingerprint.ErrorTag] }, cancellationToken);

    /// <summary>All memories that say how an error was resolved, newest first.</summary>
    /// <inheritdoc cref="MemoryModule.ReadAllAsync" path="/remarks"/>
    public IAsyncEnumerable<MemoryEntry> GetResolutionsAsync(
        ErrorFingerprint fingerprint, CancellationToken cancellationToken = default) =>
        _memory.ReadAllAsync(All with { AnyTags = [fingerprint.ResolutionTag] }, cancellationToken);

    /// <summary>
    /// All later successes of the operation with an input that is not known to be the same, newest first. They resolve nothing.
    /// </summary>
    /// <inheritdoc cref="MemoryModule.ReadAllAsync" path="/remarks"/>
    public IAsyncEnumerable<MemoryEntry> GetCoincidencesAsync(
        ErrorFingerprint fingerprint, CancellationToken cancellationToken = default) =>
        _memory.ReadAllAsync(All with { AnyTags = [fingerprint.CoincidenceTag] }, cancellationToken);

    /// <summary>All errors of the failures that match, the last seen first; paging of the query is ignored.</summary>
    /// <inheritdoc cref="MemoryModule.ReadAllAsync" path="/remarks"/>
    public IAsyncEnumerable<RecalledError> ListAsync(MemoryQuery? query = null, CancellationToken cancellationToken = default)
    {
        var scope = _memory.Scope((query ?? All) with { AllUsers = true });
        return ErrorsOfAsync(_memory.ReadAllAsync(scope with { Outcome = TriggerOutcome.Failure }, cancellationToken), scope,
            cancellationToken);
    }

    private async IAsyncEnumerable<RecalledError> ErrorsOfAsync(
        IAsyncEnumerable<MemoryEntry> failures, MemoryQuery scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new HashSet<ErrorFingerprint>();
        await foreach (var failure in failures.ConfigureAwait(false))
        {
            if (MemoryErrorReader.ErrorOf(failure) is { } fingerprint && seen.Add(fingerprint)
                && await GetAsync(fingerprint, scope, cancellationToken).ConfigureAwait(false) is { } known) yield return known;
        }
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
        return _memory.CreateAsync(memory with { Tags = [.. memory.Tags, ErrorLink.ResolutionTag, fingerprint.ResolutionTag] },
            cancellationToken);
    }
}
