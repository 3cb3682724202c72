using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MemoryTriggers.Backends.Cache;
using MemoryTriggers.Memories;
using MemoryTriggers.Recall;
using Microsoft.Extensions.Options;

namespace MemoryTriggers;

/// <summary>
/// Keeps what a program wants to know later: preferences, devices, tasks, tools, and anything else. Beside the memories of triggers, in the
/// same store. Thread-safe.
/// </summary>
/// <remarks>
/// With a host it is a service; else it is <see cref="MemoryTriggerService.Memory"/>, or, without any triggers, what
/// <c>OpenAsync</c> gives. What a method has returned is in the store and outlives the process. Changes keep the earlier version.
/// </remarks>
/// <exception cref="MemoryBackendException">The store does not answer. An outage is never an empty answer.</exception>
public sealed partial class MemoryModule : IAsyncDisposable
{
    private static readonly MemoryDraft Device = new()
    {
        Category = "devices",
        Key = "device_info",
        EntityType = "device",
        Module = "device_manager",
    };

    /// <summary>The confirmation that <c>ClearAllAsync</c> requires.</summary>
    public const string ClearConfirmation = "delete all memories";

    private static readonly MemoryQuery Default = new();
    private readonly IMemoryBackend _backend;
    private readonly IMemoryRecall _recall;
    private readonly string? _project;
    private readonly TimeProvider _time;
    private readonly MemoryHistory _history;
    private readonly EarlierVersions _versions;
    private readonly DraftComposing _composing;
    private readonly MemoryUpkeep? _upkeep;
    private readonly Func<ValueTask> _close;

    internal MemoryModule(
        IMemoryBackend backend, IMemoryRecall recall, string? project, TimeProvider time, MemoryUpkeep? upkeep = null,
        Func<ValueTask>? close = null)
    {
        (_backend, _recall, _project, _time, _upkeep, _close) = (backend, recall, project, time, upkeep, close ?? (static () => default));
        (_history, _composing) = (new MemoryHistory(backend, time), new DraftComposing(project, time));
        _versions = new EarlierVersions(backend);
        Named = new NamedMemories(CachingBackend.Below(backend), _history, _composing, project, time);
        Preferences = new MemoryPreferences(Named);
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
        OpenAsync(
            new MemoryModuleOptions
            {
                Directory = directory ?? Files.DataDirectory.Default,
                BackendType = backendType,
                Project = project,
                TimeProvider = timeProvider ?? TimeProvider.System,
            },
            cancellationToken);

    /// <summary>
    /// Opens a store without triggers, journal or policies: with encryption, retention, a logger, or a store of your own. Dispose of it to
    /// close the store.
    /// </summary>
    /// <param name="options">The settings.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">There is no such type of backend.</exception>
    /// <exception cref="OptionsValidationException">A setting is out of its bounds, or the keys cannot be read.</exception>
    /// <exception cref="MemoryBackendException">The store cannot be opened.</exception>
    public static ValueTask<MemoryModule> OpenAsync(MemoryModuleOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return MemoryModuleOpening.OpenAsync(options, cancellationToken);
    }

    /// <summary>Keeps information about the device that the program runs on, replacing the earlier, which stays in its history.</summary>
    /// <returns>The id of its memory, always the same in one project.</returns>
    public ValueTask<Guid> SetDeviceAsync(JsonElement information, CancellationToken cancellationToken = default) =>
        Named.PutAsync(Device with { Value = information }, cancellationToken);

    /// <summary>Overload for an object of any type, by reflection.</summary>
    /// <inheritdoc cref="SetDeviceAsync(JsonElement, CancellationToken)"/>
    [RequiresUnreferencedCode(MemoryValue.Reflection)]
    [RequiresDynamicCode(MemoryValue.Reflection)]
    public ValueTask<Guid> SetDeviceAsync<T>(T information, CancellationToken cancellationToken = default) =>
        SetDeviceAsync(MemoryValue.Of(information), cancellationToken);

    /// <summary>Overload for an object whose type has a serializer that was made at compile time.</summary>
    /// <inheritdoc cref="SetDeviceAsync(JsonElement, CancellationToken)"/>
    public ValueTask<Guid> SetDeviceAsync<T>(T information, JsonTypeInfo<T> type, CancellationToken cancellationToken = default) =>
        SetDeviceAsync(MemoryValue.Of(information, type), cancellationToken);

    /// <summary>What is known about the device, or <see langword="null"/>.</summary>
    public async ValueTask<JsonElement?> GetDeviceAsync(CancellationToken cancellationToken = default) =>
        (await Named.GetAsync(Device, cancellationToken).ConfigureAwait(false))?.Value;

    /// <summary>Overload for an object of any type, by reflection; its default when nothing is known.</summary>
    /// <inheritdoc cref="GetDeviceAsync(CancellationToken)"/>
    /// <exception cref="JsonException">The value is no <typeparamref name="T"/>.</exception>
    [RequiresUnreferencedCode(MemoryValue.Reflection)]
    [RequiresDynamicCode(MemoryValue.Reflection)]
    public async ValueTask<T?> GetDeviceAsync<T>(CancellationToken cancellationToken = default) =>
        await GetDeviceAsync(cancellationToken).ConfigureAwait(false) is { } value ? MemoryValue.As<T>(value) : default;

    /// <summary>Overload for a type whose serializer was made at compile time; its default when nothing is known.</summary>
    /// <inheritdoc cref="GetDeviceAsync(CancellationToken)"/>
    /// <exception cref="JsonException">The value is no <typeparamref name="T"/>.</exception>
    public async ValueTask<T?> GetDeviceAsync<T>(JsonTypeInfo<T> type, CancellationToken cancellationToken = default) =>
        await GetDeviceAsync(cancellationToken).ConfigureAwait(false) is { } value ? MemoryValue.As(value, type) : default;

    /// <summary>
    /// Keeps a memory as the one current value of its name: project, user, category, entity type and key. The earlier value stays in its
    /// history. Of several writers, in any process, the last one counts.
    /// </summary>
    /// <returns>The id of its memory, which depends on the name only.</returns>
    /// <exception cref="ArgumentException">It has no key.</exception>
    public ValueTask<Guid> SetAsync(MemoryDraft draft, CancellationToken cancellationToken = default) =>
        Named.PutAsync(draft, cancellationToken);

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
    /// <exception cref="InvalidOperationException">
    /// The first one replaces the second one already, directly or through others, so that each would hide the other; or the first one is
    /// an earlier version.
    /// </exception>
    public ValueTask<bool> SupersedeAsync(Guid id, Guid successor, CancellationToken cancellationToken = default) =>
        SupersedeAsync(id, successor, Default, cancellationToken);

    /// <summary>The same, in the project and of the user of a query; nothing else of the query counts.</summary>
    public ValueTask<bool> SupersedeAsync(Guid id, Guid successor, MemoryQuery scope, CancellationToken cancellationToken = default) =>
        _history.SupersedeAsync(id, successor, Scope(scope), cancellationToken);

    /// <summary>Removes a memory with its earlier versions. What it had taken the place of is there again.</summary>
    /// <returns><see langword="false"/> when there was none with that id.</returns>
    public ValueTask<bool> DeleteAsync(Guid id, CancellationToken cancellationToken = default) =>
        DeleteAsync(id, Default, cancellationToken);

    /// <summary>The same, in the project and of the user of a query; nothing else of the query counts.</summary>
    public ValueTask<bool> DeleteAsync(Guid id, MemoryQuery scope, CancellationToken cancellationToken = default) =>
        _history.DeleteAsync(id, Scope(scope), cancellationToken);

    /// <summary>
    /// Removes all memories that match, in the project of the query, else in that of the context or the configured one, expired and
    /// replaced ones as well, each with its earlier versions.
    /// </summary>
    /// <returns>How many, versions included.</returns>
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
        return await _versions.DeleteWithAsync(Scope(query), cancellationToken).ConfigureAwait(false);
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
        var query = new MemoryQuery
        {
            Project = cleared.Project,
            AllProjects = cleared.AllProjects,
            UserId = cleared.UserId,
            VisibleTo = cleared.VisibleTo,
        };
        // Where everything goes, versions need not be sought.
        return query is { AllProjects: true, UserId: null, VisibleTo: null }
            ? await _backend.DeleteManyAsync(query, cancellationToken).ConfigureAwait(false)
            : await _versions.DeleteWithAsync(query, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Begins a session: what this flow keeps and captures until it is disposed of belongs to it.</summary>
    /// <param name="id">A name of it; a new one is made when none is given.</param>
    public MemorySession BeginSession(string? id = null)
    {
        if (id is { Length: 0 }) throw new ArgumentException("A session has a name.", nameof(id));
        return new MemorySession(id ?? MemoryIds.Next(_time.GetUtcNow()).ToString());
    }

    /// <summary>Memories with one current value.</summary>
    internal NamedMemories Named { get; }

    internal MemoryQuery Scope(MemoryQuery scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return MemoryRecallScope.Of(scope, _project);
    }

    /// <summary>Closes a store that <c>OpenAsync</c> opened. Harmless otherwise, and again.</summary>
    public ValueTask DisposeAsync() => _close();
}
