using MemoryTriggers.Capture;
using MemoryTriggers.Hosting;

namespace MemoryTriggers;

/// <summary>
/// Takes memories that a program composes itself, over the same journal as decorated methods: a call returns as soon as the memory is
/// in the journal, and storing goes on behind it. Had from <see cref="MemoryTriggerService.Collector"/> or by injection. Thread-safe.
/// </summary>
public sealed class AsyncMemoryCollector
{
    private static readonly TriggerDescriptor Descriptor =
        TriggerHub.Describe(new TriggerDefinition { Type = TriggerType.KnowledgeCapture, Operation = "collect", Source = "collector" });

    private readonly MemoryRuntime _runtime;
    private long _collected;

    internal AsyncMemoryCollector(MemoryRuntime runtime) => _runtime = runtime;

    /// <summary>
    /// Takes a memory. Never waits for the store; waits for room only where <see cref="JournalOptions.Overflow"/> says so.
    /// </summary>
    /// <param name="category">Such as one of <see cref="MemoryCategories"/>; any word will do. Kept in lower case.</param>
    /// <param name="content">What to remember: the line by which it is found. Past 4,096 characters it is cut and marked.</param>
    /// <param name="metadata">More about it. Values are read from their fields; what a name gives away as secret is left out.</param>
    /// <param name="priority">How urgent it is. <value>High for errors and bugs, else medium</value></param>
    /// <param name="key">The key by which the memory can be asked for. <value>The category and the id: one of its own</value></param>
    /// <param name="cancellationToken">Checked before it is taken.</param>
    /// <returns>
    /// <see langword="false"/> when nothing of this kind is captured (<c>global_enabled</c>, or knowledge switched off), or when the
    /// journal could not take it; then it is counted as dropped, with the reason, in health.
    /// </returns>
    /// <exception cref="ArgumentException"><paramref name="category"/> or <paramref name="content"/> is empty.</exception>
    /// <exception cref="OperationCanceledException">It was not taken.</exception>
    public ValueTask<bool> CollectAsync(
        string category, string content, IReadOnlyDictionary<string, object?>? metadata = null,
        TriggerPriority? priority = null, string? key = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(category);
        ArgumentException.ThrowIfNullOrWhiteSpace(content);
        cancellationToken.ThrowIfCancellationRequested();

        var record = new CaptureRecord();
        record.Start(Descriptor, TriggerFlow.Current, ThreadCapture.Current.Innermost);
        category = MemoryCategories.Normalize(category);
        record.Priority = priority
            ?? (category is MemoryCategories.Error or MemoryCategories.Bug ? TriggerPriority.High : TriggerPriority.Medium);
        record.NoteSecrets(metadata);
        record.Override(CaptureOverride.Category, category);
        record.Override(CaptureOverride.Key, key is { Length: > 0 } ? key : $"{category}_{record.Id.ToGuid():N}");
        record.Override(CaptureOverride.Content, Cut(content));
        if (TriggerFlow.Current?.Project is { } project) record.Override(CaptureOverride.Project, project);
        foreach (var (name, value) in metadata ?? new Dictionary<string, object?>()) record.Metadata(name, value);
        var isTaken = _runtime.Collect(record);
        if (isTaken) Interlocked.Increment(ref _collected);
        return new ValueTask<bool>(isTaken);
    }

    /// <summary>As <see cref="MemoryTriggerService.FlushAsync"/>.</summary>
    public Task<bool> FlushAsync(TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        _runtime.FlushAsync(timeout ?? MemoryTriggerService.DefaultFlushTimeout, cancellationToken);

    /// <summary>The counters.</summary>
    public CollectionStatistics GetStatistics() => _runtime.Statistics(Interlocked.Read(ref _collected));

    private static string Cut(string content)
    {
        if (content.Length <= CaptureFormat.MaxStringLength) return content;
        var mark = $"… [{content.Length} characters]";
        var end = CaptureFormat.MaxStringLength - mark.Length;
        return content[..(char.IsHighSurrogate(content[end - 1]) ? end - 1 : end)] + mark;
    }
}
