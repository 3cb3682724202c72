using System.Collections.Concurrent;
using MemoryTriggers.Capture;
using MemoryTriggers.Decoding;
using MemoryTriggers.Journal;

namespace MemoryTriggers.Delivery;

/// <summary>Empties one journal, batch by batch, by lane. Used by one caller at a time; the counts may be read by any.</summary>
internal sealed class JournalDrain(CaptureJournal journal, RecordDelivery delivery, DeliveryOptions options)
{
    private readonly LaneSchedule _schedule = new();
    private readonly ConcurrentDictionary<ulong, TriggerDefinition?> _definitions = [];
    private long _stored;
    private long _deadLettered;

    public long Stored => Interlocked.Read(ref _stored);

    public long DeadLettered => Interlocked.Read(ref _deadLettered);

    /// <summary>Delivers one batch and acknowledges it.</summary>
    /// <returns><see langword="false"/> when nothing was pending.</returns>
    /// <exception cref="OperationCanceledException">Stopped; the batch is read again next time.</exception>
    public async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        if (_schedule.Next(journal.HasPendingIn) is not { } lane) return false;

        var batch = journal.Read(lane, options.BatchSize, options.BatchBytes);
        if (batch.IsEmpty) return false;
        try
        {
            var result = await delivery.DeliverAsync(batch.Records, Definition, cancellationToken).ConfigureAwait(false);
            journal.Acknowledge(batch);
            Interlocked.Add(ref _stored, result.Stored);
            Interlocked.Add(ref _deadLettered, result.DeadLettered);
            return true;
        }
        catch
        {
            journal.Rewind(lane);
            throw;
        }
        finally
        {
            batch.Return();
        }
    }

    private TriggerDefinition? Definition(ulong id)
    {
        if (_definitions.TryGetValue(id, out var known)) return known;
        if (!journal.TryGetDefinition(id, out var json)) return null;
        return _definitions[id] = DefinitionJson.Read(json.Span);
    }
}
