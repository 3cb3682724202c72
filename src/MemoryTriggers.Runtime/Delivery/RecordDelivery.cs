using MemoryTriggers.Decoding;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using MemoryTriggers.Delivery.DeadLetters;
using MemoryTriggers.Capture;

namespace MemoryTriggers.Delivery;

/// <summary>
/// Brings a batch of records into the store: decode, store, and when that fails try again for as long as it takes. What the store
/// refuses for good is found by halving the batch and becomes a dead letter. When <see cref="DeliverAsync"/> returns, every record of
/// the batch is stored or a dead letter, and the journal may forget it.
/// </summary>
internal sealed class RecordDelivery
{
    private readonly IMemoryBackend _backend;
    private readonly MemoryComposer _composer;
    private readonly DeadLetterStore _deadLetters;
    private readonly DeliveryOptions _options;
    private readonly TriggerLimits? _limits;
    private readonly RecordSorting? _sorting;
    private readonly TimeProvider _time;
    private readonly ILogger<RecordDelivery> _logger;
    private readonly ResiliencePipeline _retry;
    private readonly DeliveryThrottle _throttle;
    private long _retries;

    public RecordDelivery(
        IMemoryBackend backend, MemoryComposer composer, DeadLetterStore deadLetters, DeliveryOptions options, TimeProvider time,
        ILogger<RecordDelivery> logger, TriggerLimits? limits = null, RecordSorting? sorting = null)
    {
        (_limits, _sorting) = (limits, sorting);
        (_backend, _composer, _deadLetters, _options, _time, _logger) = (backend, composer, deadLetters, options, time, logger);
        _retry = BuildRetry();
        _throttle = new DeliveryThrottle(options.OperationsPerSecond, time);
        Pace = new DeliveryPace(options, time);
    }

    /// <summary>How large batches should be, and how many at once.</summary>
    public DeliveryPace Pace { get; }

    /// <summary>How often storing was tried again.</summary>
    public long Retries => Interlocked.Read(ref _retries);

    /// <summary>The options have changed.</summary>
    public void Change()
    {
        _throttle.Change(_options.OperationsPerSecond);
        Pace.Change();
    }

    /// <exception cref="OperationCanceledException">Stopped; nothing of the batch counts as delivered.</exception>
    public async Task<DeliveryResult> DeliverAsync(
        IReadOnlyList<ReadOnlyMemory<byte>> records, Func<ulong, TriggerDefinition?> definitions, CancellationToken cancellationToken)
    {
        var pending = new List<PendingRecord>(records.Count);
        foreach (var record in records)
        {
            if (Decode(record, definitions) is { } decoded) pending.Add(decoded);
        }

        var result = new DeliveryResult(0, records.Count - pending.Count);
        var sorted = _sorting?.Sort(pending) ?? new SortedRecords(pending, [], 0, []);
        result += await StoreAsync(sorted.Store, cancellationToken).ConfigureAwait(false);
        _sorting?.Keep(sorted);
        _sorting?.Settle();
        result += new DeliveryResult(0, 0, sorted.Denied, sorted.Hold.Count);
        if (_limits is { IsNone: false } limits) pending.ForEach(record => limits.Release(record.Entry));
        return result;
    }

    /// <summary>The memory that a dead letter would be; <see langword="null"/> when it cannot be read.</summary>
    public MemoryEntry? Compose(DeadLetter letter)
    {
        try
        {
            var composer = letter.Project is { } project ? new MemoryComposer(project) : _composer;
            return composer.Compose(CaptureDecoder.Decode(letter.Record), letter.Definition is { } json ? DefinitionJson.Read(json) : null);
        }
        catch (CaptureFormatException)
        {
            // Its reason says already that it cannot be read.
            return null;
        }
    }

    /// <summary>Stores a memory, in one attempt.</summary>
    /// <returns>Why not; <see langword="null"/> when it is stored.</returns>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public async Task<string?> TryStoreAsync(MemoryEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            await StoreOnceAsync([entry], cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Backend boundary: whatever a backend throws is its reason.
            return $"{_backend.Name} refuses it: {exception.Message}";
        }
    }

    private PendingRecord? Decode(ReadOnlyMemory<byte> record, Func<ulong, TriggerDefinition?> definitions)
    {
        try
        {
            var decoded = CaptureDecoder.Decode(record.Span);
            var definition = definitions(decoded.DescriptorId);
            return new PendingRecord(record, _composer.Compose(decoded, definition), definition);
        }
        catch (CaptureFormatException exception)
        {
            _deadLetters.Add(record.Span, $"it cannot be read: {exception.Message}");
            return null;
        }
    }

    /// <summary>The record as a memory; <see langword="null"/> when it cannot be read, and then it is a dead letter.</summary>
    public PendingRecord? Decode(byte[] record, byte[]? definition) => Decode(record, _ => definition is null ? null : DefinitionJson.Read(definition));

    /// <summary>Stores records, however long it takes; what the store refuses for good becomes a dead letter.</summary>
    /// <exception cref="OperationCanceledException">Stopped; none of them counts as delivered.</exception>
    public async Task<DeliveryResult> StoreAsync(List<PendingRecord> pending, CancellationToken cancellationToken)
    {
        if (pending.Count == 0) return default;

        // Of several records with one id the last is right: the others were corrected by it.
        List<MemoryEntry> entries = [.. pending.Select(static record => record.Entry).GroupBy(static entry => entry.Id).Select(static same => same.Last())];
        try
        {
            await _retry.ExecuteAsync(token => StoreOnceAsync(entries, token), cancellationToken).ConfigureAwait(false);
            foreach (var record in pending) record.Then?.Invoke();
            return new DeliveryResult(pending.Count, 0);
        }
        catch (MemoryBackendException refusal) when (entries.Count > 1)
        {
            Log.BatchSplit(_logger, _backend.Name, entries.Count, refusal);
            var first = entries.Take(entries.Count / 2).Select(static entry => entry.Id).ToHashSet();
            return await StoreAsync([.. pending.Where(record => first.Contains(record.Entry.Id))], cancellationToken).ConfigureAwait(false) +
                await StoreAsync([.. pending.Where(record => !first.Contains(record.Entry.Id))], cancellationToken).ConfigureAwait(false);
        }
        catch (MemoryBackendException refusal)
        {
            foreach (var record in pending) Bury(record, $"{_backend.Name} refuses it: {refusal.Message}");
            return new DeliveryResult(0, pending.Count);
        }
    }

    private async ValueTask StoreOnceAsync(IReadOnlyList<MemoryEntry> entries, CancellationToken cancellationToken)
    {
        await _throttle.WaitAsync(entries.Count, cancellationToken).ConfigureAwait(false);
        using var deadline = new CancellationTokenSource(_options.OperationTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            var started = _time.GetTimestamp();
            await _backend.StoreAsync(entries, either.Token).ConfigureAwait(false);
            Pace.Stored(entries.Count, _time.GetElapsedTime(started));
        }
        catch (OperationCanceledException exception) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new MemoryBackendException(_backend.Name, $"no answer within {_options.OperationTimeout}", isTransient: true, exception);
        }
    }

    // With the definition of its trigger: by the time of an inspection, the journal may have forgotten it.
    private void Bury(PendingRecord record, string reason) =>
        _deadLetters.Add(record.Record.Span, reason, record.DefinitionBytes);

    private ResiliencePipeline BuildRetry() => new ResiliencePipelineBuilder { TimeProvider = _time }
        .AddRetry(new RetryStrategyOptions
        {
            // Backend boundary: whatever a backend throws but a refusal for good is an outage, and an outage is waited out.
            ShouldHandle = static arguments => ValueTask.FromResult(
                arguments.Outcome.Exception is not null and not OperationCanceledException and not MemoryBackendException { IsTransient: false }),
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Randomizer = _options.Random,
            Delay = _options.RetryDelay,
            MaxDelay = _options.MaxRetryDelay,
            OnRetry = arguments =>
            {
                Interlocked.Increment(ref _retries);
                Pace.Failed();
                Log.StoreFailed(_logger, _backend.Name, arguments.AttemptNumber + 1, arguments.RetryDelay, arguments.Outcome.Exception);
                return default;
            },
        })
        .Build();

}
