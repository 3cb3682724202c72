using System.Runtime.CompilerServices;
using System.Text.Json;
using MemoryTriggers.Memories;
using MemoryTriggers.Recall;
using MemoryTriggers.Transfer;

namespace MemoryTriggers;

/// <summary>
/// Keeps what a program wants to know later: preferences, devices, tasks, tools, and anything else. Beside the memories of triggers, in the
/// same store. Thread-safe.
/// </summary>
/// <remarks>
/// With a host it is a service; else it is <see cref="MemoryTriggerService.Memory"/>, or, without any triggers, what
/// <see cref="OpenAsync"/> gives. What a method has returned is in the store and outlives the process. Changes keep the earlier version.
/// </remarks>
/// <exception cref="MemoryBackendException">The store does not answer. An outage is never an empty answer.</exception>
public sealed class MemoryModule : IAsyncDisposable
{
    private const string DeviceCategory = "devices";
    private const string DeviceType = "device";
    private const string DeviceKey = "device_info";

    /// <summary>The confirmation that <c>ClearAllAsync</c> requires.</summary>
    public const string ClearConfirmation = "delete all memories";

    private static readonly MemoryQuery Default = new();
    private readonly IMemoryBackend _backend;
    private readonly IMemoryRecall _recall;
    private readonly string? _project;
    private readonly TimeProvider _time;
    private readonly MemoryHistory _history;
    private readonly DraftComposing _composing;
    private readonly MemoryUpkeep? _upkeep;
    private readonly Func<ValueTask> _close;

    internal MemoryModule(
        IMemoryBackend backend, IMemoryRecall recall, string? project, TimeProvider time, MemoryUpkeep? upkeep = null,
        Func<ValueTask>? close = null)
    {
        (_backend, _recall, _project, _time, _upkeep, _close) = (backend, recall, project, time, upkeep, close ?? (static () => default));
        (_history, _composing) = (new MemoryHistory(backend, time), new DraftComposing(project, time));
        Preferences = new MemoryPreferences(this);
        Tasks = new MemoryTasks(this);
        Errors = new MemoryErrors(this);
    }

    /// <summary>The preferences of users.</summary>
    public MemoryPreferences Preferences { get; }

    /// <summary>The recorded tasks and their results.</summary>
    public MemoryTasks Tasks { get; }

    /// <summary>The known errors, and what resolved them.</summary>
    public MemoryErrors Errors { get; }

    /// <summary>Opens a store without triggers, journal or policies. Dispose of it to close the store.</summary>
    /// <param name="directory">
    /// The folder. <value>A folder named after the program, under <c>MemoryTriggers</c> in the user's local application data</value>
    /// </param>
    /// <param name="backendType">
    /// <c>sqlite</c> (the file <c>memory.db</c>), <c>json</c> (the file <c>memory.json</c>) or <c>memory</c>. <value><c>sqlite</c></value>
    /// </param>
    /// <param name="project">
    /// The project of new memories, and the one that is searched. <value>None: all projects are searched</value>
    /// </param>
    /// <param name="timeProvider">The clock. <value>The system's</value></param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">There is no such type of backend.</exception>
    public static ValueTask<MemoryModule> OpenAsync(
        string? directory = null, string backendType = "sqlite", string? project = null, TimeProvider? timeProvider = null,
        CancellationToken cancellationToken = default) =>
        MemoryModuleOpening.OpenAsync(
            directory ?? Files.DataDirectory.Default, backendType, project, timeProvider ?? TimeProvider.System, cancellationToken);

    /// <summary>Keeps information about the device that the program runs on, replacing the earlier.</summary>
    /// <returns>The id of its memory.</returns>
    public ValueTask<Guid> SetDeviceAsync(JsonElement information, CancellationToken cancellationToken = default) => PutAsync(
        new MemoryDraft
        {
            Category = DeviceCategory,
            Key = DeviceKey,
            Value = information,
            EntityType = DeviceType,
            Module = "device_manager",
        }, cancellationToken);

    /// <summary>What is known about the device, or <see langword="null"/>.</summary>
    public async ValueTask<JsonElement?> GetDeviceAsync(CancellationToken cancellationToken = default) =>
        (await OwnMemories.FindAsync(_recall, DeviceKey, new() { Category = DeviceCategory, EntityType = DeviceType }, cancellationToken)
            .ConfigureAwait(false))?.Value;

    /// <summary>Keeps a memory.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="ArgumentException">It has no key.</exception>
    public async ValueTask<Guid> CreateAsync(MemoryDraft draft, CancellationToken cancellationToken = default)
    {
        var entry = _composing.Make(draft);
        using var suppressed = TriggerHub.SuppressCapture();
        await _backend.StoreAsync([entry], cancellationToken).ConfigureAwait(false);
        return entry.Id;
    }

    /// <summary>Keeps several memories: all of them or, where the store has transactions, none.</summary>
    /// <returns>Their ids, in the same order.</returns>
    /// <exception cref="ArgumentException">One has no key.</exception>
    public async ValueTask<IReadOnlyList<Guid>> CreateManyAsync(IEnumerable<MemoryDraft> drafts,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(drafts);
        var entries = drafts.Select(_composing.Make).ToList();
        using var suppressed = TriggerHub.SuppressCapture();
        if (entries.Count > 0) await _backend.StoreAsync(entries, cancellationToken).ConfigureAwait(false);
        return [.. entries.Select(static entry => entry.Id)];
    }

    /// <summary>The memory with that id, or <see langword="null"/>, also when it is of another project or user.</summary>
    public ValueTask<MemoryEntry?> GetAsync(Guid id, CancellationToken cancellationToken = default) =>
        _recall.GetAsync(id, cancellationToken);

    /// <summary>The same, in the project and of the user of a query; nothing else of the query counts.</summary>
    public ValueTask<MemoryEntry?> GetAsync(Guid id, MemoryQuery scope, CancellationToken cancellationToken = default) =>
        _recall.GetAsync(id, scope, cancellationToken);

    /// <summary>The newest memory with that key, or <see langword="null"/>.</summary>
    public ValueTask<MemoryEntry?> GetByKeyAsync(string key, MemoryQuery? query = null, CancellationToken cancellationToken = default) =>
        _recall.GetByKeyAsync(key, query, cancellationToken);

    /// <summary>The memories of a category, newest first.</summary>
    public ValueTask<IReadOnlyList<MemoryEntry>> GetByCategoryAsync(string category, int limit = MemoryQuery.MaxLimit,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(category);
        return _recall.ListAsync(new() { Category = category, Limit = limit }, cancellationToken);
    }

    /// <summary>The memories about a kind of thing, or about one of them, newest first.</summary>
    public ValueTask<IReadOnlyList<MemoryEntry>> GetByEntityAsync(
        string entityType, string? entityId = null, int limit = MemoryQuery.MaxLimit, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(entityType);
        return _recall.ListAsync(new() { EntityType = entityType, EntityId = entityId, Limit = limit }, cancellationToken);
    }

    /// <summary>The memories with at least one of these tags, newest first.</summary>
    /// <exception cref="ArgumentException">There is no tag.</exception>
    public ValueTask<IReadOnlyList<MemoryEntry>> GetByTagsAsync(
        IReadOnlyList<string> tags, int limit = MemoryQuery.MaxLimit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tags);
        if (tags.Count == 0) throw new ArgumentException("Name at least one tag.", nameof(tags));
        return _recall.ListAsync(new() { AnyTags = tags, Limit = limit }, cancellationToken);
    }

    /// <summary>The memories that match a filter, newest first.</summary>
    public ValueTask<IReadOnlyList<MemoryEntry>> SearchAsync(MemoryQuery query, CancellationToken cancellationToken = default) =>
        _recall.ListAsync(query, cancellationToken);

    /// <summary>The memories that answer a question, best first.</summary>
    public ValueTask<IReadOnlyList<MemoryHit>> SearchAsync(string text, MemoryQuery? query = null,
        CancellationToken cancellationToken = default) =>
        _recall.SearchAsync(text, query, cancellationToken);

    /// <summary>Changes a memory; what it was before stays in its history.</summary>
    /// <returns><see langword="false"/> when there is none with that id in the project and of the user, or of no user.</returns>
    /// <exception cref="InvalidOperationException">It is an earlier version, or another memory has taken its place: the past does not
    /// change.</exception>
    public ValueTask<bool> UpdateAsync(Guid id, MemoryUpdate update, CancellationToken cancellationToken = default) =>
        UpdateAsync(id, update, Default, cancellationToken);

    /// <summary>The same, in the project and of the user of a query; nothing else of the query counts.</summary>
    public async ValueTask<bool> UpdateAsync(Guid id, MemoryUpdate update, MemoryQuery scope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(update);
        return await _history.ChangeAsync(id, Scope(scope), entry => _composing.Change(entry, update), update.Module, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Says that one memory takes the place of another: recall leaves the older one out from now on.</summary>
    /// <returns><see langword="false"/> when one of the two is not there, or of another project or user.</returns>
    /// <exception cref="ArgumentException">They are the same.</exception>
    public ValueTask<bool> SupersedeAsync(Guid id, Guid successor, CancellationToken cancellationToken = default) =>
        SupersedeAsync(id, successor, Default, cancellationToken);

    /// <summary>The same, in the project and of the user of a query; nothing else of the query counts.</summary>
    public ValueTask<bool> SupersedeAsync(Guid id, Guid successor, MemoryQuery scope, CancellationToken cancellationToken = default) =>
        _history.SupersedeAsync(id, successor, Scope(scope), cancellationToken);

    /// <summary>A memory and its earlier versions, the present one first; nothing when there is none with that id.</summary>
    public ValueTask<IReadOnlyList<MemoryEntry>> GetHistoryAsync(Guid id, CancellationToken cancellationToken = default) =>
        GetHistoryAsync(id, Default, cancellationToken);

    /// <summary>The same, in the project and of the user of a query; nothing else of the query counts.</summary>
    public ValueTask<IReadOnlyList<MemoryEntry>> GetHistoryAsync(Guid id, MemoryQuery scope,
        CancellationToken cancellationToken = default) =>
        _history.ReadAsync(id, Scope(scope), cancellationToken);

    /// <summary>A memory as it was at a time, or <see langword="null"/> when it was not there then.</summary>
    public ValueTask<MemoryEntry?> GetAsOfAsync(Guid id, DateTimeOffset time, CancellationToken cancellationToken = default) =>
        GetAsOfAsync(id, time, Default, cancellationToken);

    /// <summary>The same, in the project and of the user of a query; nothing else of the query counts.</summary>
    public ValueTask<MemoryEntry?> GetAsOfAsync(Guid id, DateTimeOffset time, MemoryQuery scope,
        CancellationToken cancellationToken = default) =>
        _history.ReadAsOfAsync(id, time, Scope(scope), cancellationToken);

    /// <summary>Removes a memory with its earlier versions. What it had taken the place of is there again.</summary>
    /// <returns><see langword="false"/> when there was none with that id.</returns>
    public ValueTask<bool> DeleteAsync(Guid id, CancellationToken cancellationToken = default) =>
        DeleteAsync(id, Default, cancellationToken);

    /// <summary>The same, in the project and of the user of a query; nothing else of the query counts.</summary>
    public ValueTask<bool> DeleteAsync(Guid id, MemoryQuery scope, CancellationToken cancellationToken = default) =>
        _history.DeleteAsync(id, Scope(scope), cancellationToken);

    /// <summary>
    /// Removes all memories that match, in the project of the query, else in that of the context or the configured one, expired and
    /// replaced ones as well.
    /// </summary>
    /// <returns>How many.</returns>
    /// <exception cref="ArgumentException">The query does not restrict anything but the project; <c>ClearAllAsync</c> removes
    /// everything.</exception>
    public async ValueTask<long> DeleteManyAsync(MemoryQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var plain = new MemoryQuery
        {
            Project = query.Project,
            AllProjects = query.AllProjects,
            IncludePast = query.IncludePast,
            AllUsers = query.AllUsers,
            Limit = query.Limit,
            Offset = query.Offset,
        };
        if (query with { AnyTags = plain.AnyTags, AllTags = plain.AllTags } == plain && query.AnyTags.Count == 0
            && query.AllTags.Count == 0)
            throw new ArgumentException($"Name what is to be deleted. {nameof(ClearAllAsync)} deletes everything.", nameof(query));

        using var suppressed = TriggerHub.SuppressCapture();
        return await _backend.DeleteManyAsync(Scope(query), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Removes every memory of the project, those of triggers too: the project of the context, else the configured one; without any, all of
    /// every project. Inside a context with a user, those of this user and of no user. There is no way back.
    /// </summary>
    /// <param name="confirmation"><see cref="ClearConfirmation"/>, and nothing else.</param>
    /// <param name="cancellationToken">Stops; what is removed by then is gone.</param>
    /// <returns>How many.</returns>
    /// <exception cref="ArgumentException">The confirmation is another.</exception>
    public ValueTask<long> ClearAllAsync(string confirmation, CancellationToken cancellationToken = default) =>
        ClearAllAsync(confirmation, Default, cancellationToken);

    /// <summary>
    /// The same, in the project and of the user of a query; nothing else of the query counts.
    /// <c>new() { AllProjects = true, AllUsers = true }</c> removes everything.
    /// </summary>
    public async ValueTask<long> ClearAllAsync(string confirmation, MemoryQuery scope, CancellationToken cancellationToken = default)
    {
        var cleared = Scope(scope);
        if (!string.Equals(confirmation, ClearConfirmation, StringComparison.Ordinal))
            throw new ArgumentException($"This deletes every memory of the project. Pass \"{ClearConfirmation}\" to do it.",
                nameof(confirmation));

        using var suppressed = TriggerHub.SuppressCapture();
        return await _backend.DeleteManyAsync(
            new MemoryQuery
            {
                Project = cleared.Project,
                AllProjects = cleared.AllProjects,
                UserId = cleared.UserId,
                VisibleTo = cleared.VisibleTo,
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Counts memories by category, project, outcome and day.</summary>
    /// <param name="query">Which ones; all that are current in the project when none is given.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<MemoryStatistics> GetStatisticsAsync(MemoryQuery? query = null, CancellationToken cancellationToken = default)
    {
        using var suppressed = TriggerHub.SuppressCapture();
        return await _backend.GetStatisticsAsync(MemoryRecallScope.OfCurrent(query, _project, _time), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>All memories that match, newest first, without holding them all: paging of the query is ignored.</summary>
    public async IAsyncEnumerable<MemoryEntry> ReadAllAsync(MemoryQuery? query = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var scope = MemoryRecallScope.OfCurrent(query, _project, _time);
        await foreach (var entry in _backend.ReadAllAsync(scope, cancellationToken).ConfigureAwait(false)) yield return entry;
    }

    /// <summary>Begins a session: what this flow keeps and captures until it is disposed of belongs to it.</summary>
    /// <param name="id">A name of it; a new one is made when none is given.</param>
    public MemorySession BeginSession(string? id = null)
    {
        if (id is { Length: 0 }) throw new ArgumentException("A session has a name.", nameof(id));
        return new MemorySession(id ?? MemoryIds.Next(_time.GetUtcNow()).ToString());
    }

    /// <summary>The memories of a session, newest first.</summary>
    public ValueTask<IReadOnlyList<MemoryEntry>> GetSessionAsync(string id, int limit = MemoryQuery.MaxLimit,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return _recall.ListAsync(new() { SessionId = id, Limit = limit }, cancellationToken);
    }

    /// <summary>
    /// Writes memories as JSON Lines: UTF-8, one on each line, the newest first. What <see cref="ImportAsync"/> reads is the same again.
    /// </summary>
    /// <param name="target">Where to; it stays open.</param>
    /// <param name="query">Which ones; all of the project, with their past, when none is given.</param>
    /// <param name="progress">Receives the number of written memories.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>How many.</returns>
    public async Task<long> ExportAsync(Stream target, MemoryQuery? query = null, IProgress<long>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        using var suppressed = TriggerHub.SuppressCapture();
        var entries = ReadAllAsync(query ?? new MemoryQuery { IncludePast = true }, cancellationToken);
        return await MemoryExport.WriteAsync(entries, target, progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Reads memories from JSON Lines and keeps them under their ids, with everything that belongs to them. Again is harmless.
    /// </summary>
    /// <param name="source">Where from; it stays open. A compressed file goes through a
    /// <see cref="System.IO.Compression.GZipStream"/>.</param>
    /// <param name="options">The handling of existing memories, and of invalid lines.</param>
    /// <param name="progress">Receives the number of read lines.</param>
    /// <param name="cancellationToken">Stops; what is imported by then stays.</param>
    /// <returns>
    /// How many memories it stored, how many were there already and stayed as they are, and how many lines were no memories.
    /// </returns>
    /// <exception cref="FormatException">A line is no memory; the message names it. The lines before it are imported.</exception>
    public async Task<(long Stored, long Kept, long Skipped)> ImportAsync(
        Stream source, ImportOptions? options = null, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        using var suppressed = TriggerHub.SuppressCapture();
        options ??= new ImportOptions();
        return await new MemoryImport(_backend, options, Scope(options.Scope ?? Default)).ReadAsync(source, progress, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Runs one retention pass now, as happens automatically every <see cref="RetentionOptions.Interval"/>.</summary>
    /// <param name="progress">Receives the number of scanned memories.</param>
    /// <param name="cancellationToken">Stops; what is done by then is done.</param>
    /// <returns>
    /// How many memories were removed at a time of their own, how many after a period of <see cref="RetentionOptions"/>, how many of them
    /// were archived before, and how many values were compressed.
    /// </returns>
    /// <exception cref="InvalidOperationException">This module was opened without a service, and has no rules.</exception>
    /// <exception cref="IOException">The archive cannot be written; nothing that is not in it was deleted.</exception>
    public async Task<(long Expired, long Retired, long Archived, long Compressed)> CleanUpAsync(
        IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        using var suppressed = TriggerHub.SuppressCapture();
        return await Upkeep.Retention.RunAsync(progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Encrypts every value with the present key that is not, as after a new key was put first into the key file.</summary>
    /// <param name="progress">Receives the number of scanned memories.</param>
    /// <param name="cancellationToken">Stops; again goes on.</param>
    /// <returns>How many were encrypted again.</returns>
    /// <exception cref="InvalidOperationException">Values are neither encrypted nor compressed here.</exception>
    public async Task<long> RotateKeysAsync(IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        using var suppressed = TriggerHub.SuppressCapture();
        var protecting = Upkeep.Protecting ?? throw new InvalidOperationException($"Values are not encrypted. Set " +
            $"{nameof(ProtectionOptions)}.{nameof(ProtectionOptions.KeyFile)} first.");
        return await protecting.RotateAsync(progress, cancellationToken).ConfigureAwait(false);
    }

    private MemoryQuery Scope(MemoryQuery scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return MemoryRecallScope.Of(scope, _project);
    }

    /// <summary>Closes a store that <see cref="OpenAsync"/> opened. Harmless otherwise, and again.</summary>
    public ValueTask DisposeAsync() => _close();

    private MemoryUpkeep Upkeep =>
        _upkeep ?? throw new InvalidOperationException("This module was opened without a service; use MemoryTriggerService.Memory.");

    /// <summary>The newest memory with a key of the user of the context, else the newest that the query finds.</summary>
    internal ValueTask<MemoryEntry?> FindOwnAsync(string key, MemoryQuery query, CancellationToken cancellationToken) =>
        OwnMemories.FindAsync(_recall, key, query, cancellationToken);

    /// <summary>Changes the newest memory with a key of the same project and user, or makes it.</summary>
    internal async ValueTask<Guid> PutAsync(MemoryDraft draft, CancellationToken cancellationToken)
    {
        var made = _composing.Make(draft);
        var own = OwnMemories.Of(made, new MemoryQuery { Category = draft.Category, EntityType = draft.EntityType });
        var known = await _recall.GetByKeyAsync(draft.Key, own, cancellationToken).ConfigureAwait(false);
        var changed = known is not null && await _history.ChangeAsync(
            known.Id, own, entry => entry with
            {
                Value = made.Value,
                Content = made.Content,
                Tags = made.Tags,
            }, draft.Module, cancellationToken).ConfigureAwait(false);
        if (changed) return known!.Id;

        using var suppressed = TriggerHub.SuppressCapture();
        await _backend.StoreAsync([made], cancellationToken).ConfigureAwait(false);
        return made.Id;
    }
}
