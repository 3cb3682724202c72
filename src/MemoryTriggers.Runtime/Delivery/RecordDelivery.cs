using MemoryTriggers.Decoding;
using Microsoft.Extensions.Logging;
using MemoryTriggers.Delivery.DeadLetters;
using MemoryTriggers.Capture;

namespace MemoryTriggers.Delivery;

/// <summary>
/// Brings a batch of records into the store: decode, store, and when that fails try again for as long as it takes. What the store
/// refuses for good, or fails on while it stores others, is found by halving the batch and becomes a dead letter. When
/// <see cref="DeliverAsync"/> returns, every record of the batch is stored or a dead letter, and the journal may forget it.
/// </summary>
internal sealed class RecordDelivery
{
    /// <summary>The reason of records whose trigger is not known: they are stored when the program has loaded its assembly.</summary>
    public const string UnknownTrigger =
        "its trigger is not known, or is one of another version; it is stored when the program registers it";

    // So many parts may fail one after the other before the store is taken to be ill; twice as many with each round.
    private const int FailuresInARow = 8;
    private readonly IMemoryBackend _backend;
    private readonly MemoryComposer _composer;
    private readonly DeadLetterStore _deadLetters;
    private readonly TriggerLimits? _limits;
    private readonly RecordSorting? _sorting;
    private readonly RecordOutcomes _outcomes;
    private readonly LateCorrections? _corrections;
    private readonly SuccessSampling? _sampling;
    private readonly ILogger<RecordDelivery> _logger;
    private readonly StoreAttempts _attempts;

    public RecordDelivery(
        IMemoryBackend backend, MemoryComposer composer, DeadLetterStore deadLetters, DeliveryOptions options, TimeProvider time,
        ILogger<RecordDelivery> logger, TriggerLimits? limits = null, RecordSorting? sorting = null,
        ProvisionalRecords? provisional = null, SuccessSampling? sampling = null)
    {
        provisional ??= new ProvisionalRecords(time);
        _outcomes = new RecordOutcomes(provisional);
        _corrections = sorting is null ? null : new LateCorrections(sorting, provisional, IsStoredAsync);
        _sampling = sampling;
        (_limits, _sorting) = (limits, sorting);
        (_backend, _composer, _deadLetters, _logger) = (backend, composer, deadLetters, logger);
        _attempts = new StoreAttempts(backend, options, time, logger, limits);
        Echoes = new EchoFolding(_attempts, time, logger);
    }

    /// <summary>Makes one memory of what several operations recorded of one failure.</summary>
    public EchoFolding Echoes { get; }

    /// <summary>How large batches should be, and how many at once.</summary>
    public DeliveryPace Pace => _attempts.Pace;

    /// <summary>Deliveries that wait because the store fails on all they have left.</summary>
    public StalledDeliveries Stalled { get; } = new();

    /// <summary>The trigger of an id that this program has registered.</summary>
    public Func<ulong, TriggerDefinition?> Registered { get; init; } = static _ => null;

    /// <summary>Whether a batch of a type of trigger could be as large as it may be.</summary>
    public bool HasFullBatch => _limits is { IsNone: false, HasFullBatch: true };

    /// <summary>How often storing was tried again.</summary>
    public long Retries => _attempts.Retries;

    /// <summary>What keeps records from being stored now: for health.</summary>
    public IEnumerable<string> Problems => _attempts.Problems;

    /// <summary>The pause before a batch that the store failed on is tried again.</summary>
    public TimeSpan Pause(int round) => _attempts.Pause(round);

    /// <summary>The options have changed.</summary>
    public void Change() => _attempts.Change();

    /// <exception cref="OperationCanceledException">Stopped; nothing of the batch counts as delivered.</exception>
    public async Task<DeliveryResult> DeliverAsync(
        IReadOnlyList<ReadOnlyMemory<byte>> records, Func<ulong, TriggerDefinition?> definitions, CancellationToken cancellationToken)
    {
        var pending = new List<PendingRecord>(records.Count);
        foreach (var record in records)
        {
            if (Decode(record, definitions) is { } decoded) pending.Add(decoded);
        }

        var delivery = Echoes.Begin(pending);
        try
        {
            return new DeliveryResult(0, records.Count - pending.Count)
                + await DeliverDecodedAsync(pending, delivery, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Echoes.End(delivery, pending);
        }
    }

    private async Task<DeliveryResult> DeliverDecodedAsync(List<PendingRecord> pending, long delivery, CancellationToken cancellationToken)
    {
        var result = default(DeliveryResult);
        var current = await _outcomes.CurrentAsync(pending, cancellationToken).ConfigureAwait(false);
        var (decide, late) = _corrections is null
            ? (current, [])
            : await _corrections.DivideAsync(current, pending, cancellationToken).ConfigureAwait(false);
        result += new DeliveryResult(0, 0, Superseded: pending.Count - decide.Count);
        var remembered = _sampling?.Select(decide) ?? decide;
        result += new DeliveryResult(0, 0, Counted: decide.Count - remembered.Count);
        var sorted = _sorting?.Sort(remembered) ?? new SortedRecords(remembered, [], 0, []);
        Echoes.NotKept(NotKept(decide, remembered, sorted));
        result += await StoreFoldedAsync(sorted.Store, late, pending, delivery, cancellationToken).ConfigureAwait(false);
        await Echoes.MoveAsync(cancellationToken).ConfigureAwait(false);
        _sorting?.PersistHeld(sorted);
        _sorting?.CommitDecisions();
        result += new DeliveryResult(0, 0, sorted.Denied, sorted.Hold.Count);
        if (_limits is { IsNone: false } limits) decide.ForEach(record => limits.Release(record.Entry));
        _outcomes.Delivered(pending);
        return result;
    }

    // A late correction is no memory of its own: its record was counted. But it may be what others of its batch join.
    private async Task<DeliveryResult> StoreFoldedAsync(List<PendingRecord> decided, List<PendingRecord> late, List<PendingRecord> batch,
        long delivery, CancellationToken cancellationToken)
    {
        var all = late.Count == 0 ? decided : [.. decided, .. Echoes.Late(late)];
        var kept = await Echoes.FoldAsync(all, batch, delivery, cancellationToken).ConfigureAwait(false);
        if (late.Count == 0)
        {
            var joined = new DeliveryResult(0, 0, Superseded: decided.Count - kept.Count);
            return joined + await StoreAsync(kept, cancellationToken).ConfigureAwait(false);
        }

        var counted = decided.Select(static record => record.Entry.Id).ToHashSet();
        var memories = kept.FindAll(record => counted.Contains(record.Entry.Id));
        var corrections = kept.FindAll(record => !counted.Contains(record.Entry.Id));
        var result = new DeliveryResult(0, 0, Superseded: decided.Count - memories.Count)
            + await StoreAsync(memories, cancellationToken).ConfigureAwait(false);
        if (corrections.Count > 0) await StoreAsync(corrections, cancellationToken).ConfigureAwait(false);
        return result;
    }

    /// <summary>The memory that a dead letter would be; <see langword="null"/> when it cannot be read.</summary>
    public MemoryEntry? Compose(DeadLetter letter)
    {
        try
        {
            var composer = letter.Project is { } project ? new MemoryComposer(project) : _composer;
            var record = CaptureDecoder.Decode(letter.Record);
            var known = letter.Definition is { Length: > 0 } json ? DefinitionJson.Read(json) : Registered(record.DescriptorId);
            return known is null ? null : composer.Compose(record, known);
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
            await _attempts.StoreOnceAsync([entry], cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Backend boundary: whatever a backend throws is its reason.
            return $"{_backend.Name} refuses it: {exception.Message}";
        }
    }

    // However long it takes: without an answer it would have to be decided again.
    private async ValueTask<bool> IsStoredAsync(Guid id, CancellationToken cancellationToken)
    {
        for (var round = 1; ; round++)
        {
            try
            {
                return await _backend.GetAsync(id, cancellationToken).ConfigureAwait(false) is not null;
            }
            catch (MemoryBackendException)
            {
                await Task.Delay(Pause(round), _attempts.Time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // Counted only, or denied.
    private static IEnumerable<PendingRecord> NotKept(List<PendingRecord> current, List<PendingRecord> remembered, SortedRecords sorted)
    {
        if (remembered.Count == current.Count && sorted.Denied == 0) return [];
        // Where some are held it does not show which of the others are denied.
        var kept = (sorted.Hold.Count == 0 ? sorted.Store : remembered).Select(static record => record.Entry.Id).ToHashSet();
        return current.Where(record => !kept.Contains(record.Entry.Id));
    }

    private PendingRecord? Decode(ReadOnlyMemory<byte> record, Func<ulong, TriggerDefinition?> definitions)
    {
        try
        {
            var decoded = CaptureDecoder.Decode(record.Span);
            if (definitions(decoded.DescriptorId) is not { } definition)
            {
                _deadLetters.Add(record.Span, UnknownTrigger);
                return null;
            }

            var overrides = decoded.Overrides;
            var entry = _composer.Compose(decoded, definition);
            return new PendingRecord(record, entry, definition)
            {
                EchoOf = entry.Outcome.IsError() && Guid.TryParse(overrides.GetValueOrDefault(CaptureOverride.EchoOf), out var first)
                    ? first
                    : null,
                CountedAs = overrides.GetValueOrDefault(CaptureOverride.CountedAs),
            };
        }
        catch (CaptureFormatException exception)
        {
            _deadLetters.Add(record.Span, $"it cannot be read: {exception.Message}");
            return null;
        }
    }

    /// <summary>The record as a memory; <see langword="null"/> when it cannot be read, and then it is a dead letter.</summary>
    public PendingRecord? Decode(byte[] record, byte[]? definition) =>
        Decode(record, _ => definition is null ? null : DefinitionJson.Read(definition));

    /// <summary>Makes a dead letter of a record.</summary>
    /// <exception cref="IOException">It could not be kept.</exception>
    public void GiveUp(byte[] record, string reason, byte[]? definition) => _deadLetters.Add(record, reason, definition);

    /// <summary>Stores records, however long it takes; what the store refuses for good becomes a dead letter.</summary>
    /// <exception cref="OperationCanceledException">Stopped; none of them counts as delivered.</exception>
    public async Task<DeliveryResult> StoreAsync(List<PendingRecord> pending, CancellationToken cancellationToken)
    {
        var (result, left) = await TryAsync(pending, 0, cancellationToken).ConfigureAwait(false);
        if (left.Count == 0) return result;

        Stalled.Begin();
        try
        {
            for (var round = 1; left.Count > 0; round++)
            {
                await Task.Delay(Pause(round), _attempts.Time, cancellationToken).ConfigureAwait(false);
                (var more, left) = await TryAsync(left, round, cancellationToken).ConfigureAwait(false);
                result += more;
            }

            return result;
        }
        finally
        {
            Stalled.End();
        }
    }

    /// <summary>
    /// Stores records; an outage is waited out. A batch on which the store fails is halved, breadth first, so that the sound ones go
    /// through early.
    /// </summary>
    /// <param name="pending">The records.</param>
    /// <param name="round">How often they were tried before.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The result, and the records on which the store failed without showing whether it is the store or the record.</returns>
    /// <exception cref="OperationCanceledException">Stopped; none of them counts as delivered.</exception>
    public async Task<(DeliveryResult Result, List<PendingRecord> Left)> TryAsync(List<PendingRecord> pending, int round,
        CancellationToken cancellationToken)
    {
        var result = default(DeliveryResult);
        var left = new List<PendingRecord>();
        List<List<PendingRecord>> whole = [.. TypeBatches.Of(pending, _limits)];
        var parts = new Queue<List<PendingRecord>>(whole);
        var (allowed, failures) = (FailuresInARow << Math.Min(round, 16), 0);
        while (parts.TryDequeue(out var part))
        {
            // Of several records with one id the last is right: the others were corrected by it. Those of a category go together.
            List<MemoryEntry> entries = [.. part.Select(static record => record.Entry).GroupBy(static entry => entry.Id)
                .Select(static same => same.Last()).OrderBy(static entry => entry.Category, StringComparer.Ordinal)];
            var failure = await _attempts.StoreAsync(entries, isFirst: round == 0 && whole.Contains(part), cancellationToken)
                .ConfigureAwait(false);
            if (failure is null)
            {
                foreach (var record in part) record.Then?.Invoke();
                Echoes.Stored(part);
                result += new DeliveryResult(part.Count, 0);
                failures = 0;
                continue;
            }

            var isRefusal = StoreAttempts.IsRefusal(failure);
            if (!isRefusal) failures++;
            if (entries.Count > 1 && failures < allowed) Split(part, entries, failure).ForEach(parts.Enqueue);
            else if (entries.Count > 1 || !isRefusal && !_attempts.Suspects.IsGuilty(entries[0].Id)) left.AddRange(part);
            else if (TryTakeApart(part, parts) is > 0 and var more) result += new DeliveryResult(0, 0, Superseded: -more);
            else result += Bury(part, entries, failure);
            if (failures < allowed) continue;

            // It seems to be the store: the rest is not tried one by one.
            left.AddRange(parts.SelectMany(static rest => rest));
            break;
        }

        return (result, left);
    }

    private List<List<PendingRecord>> Split(List<PendingRecord> records, List<MemoryEntry> entries, Exception failure)
    {
        Log.BatchSplit(_logger, _backend.Name, entries.Count, failure);
        var first = entries.Take(entries.Count / 2).Select(static entry => entry.Id).ToHashSet();
        return [[.. records.Where(record => first.Contains(record.Entry.Id))],
            [.. records.Where(record => !first.Contains(record.Entry.Id))]];
    }

    // What is refused together may be stored apart, and each record is a memory or a dead letter of its own.
    private static int TryTakeApart(List<PendingRecord> records, Queue<List<PendingRecord>> parts)
    {
        List<PendingRecord> apart = [.. records.SelectMany(static record => record.Parts.Count == 0 ? [record] : record.Parts)];
        if (apart.Count == records.Count) return 0;
        foreach (var same in apart.GroupBy(static record => record.Entry.Id)) parts.Enqueue([.. same]);
        return apart.Count - records.Count;
    }

    // With what is known of its trigger: by the time that it is looked at, the journal may have forgotten that.
    private DeliveryResult Bury(List<PendingRecord> records, List<MemoryEntry> entries, Exception failure)
    {
        var reason = StoreAttempts.IsRefusal(failure) ? "refuses it" : "fails to store it, and stores others";
        foreach (var record in records)
            _deadLetters.Add(record.Record.Span, $"{_backend.Name} {reason}: {failure.Message}", record.DefinitionBytes);
        _attempts.GiveUp(entries);
        return new DeliveryResult(0, records.Count);
    }
}
