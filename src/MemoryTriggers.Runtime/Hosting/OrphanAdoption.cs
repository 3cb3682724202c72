using MemoryTriggers.Delivery;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Hosting;

/// <summary>Stores, once after the start, what processes that ended too early have left in their journals.</summary>
internal sealed class OrphanAdoption(
    JournalOpening opening, RecordDelivery delivery, DeliveryOptions options, ILogger<OrphanAdoption> logger)
{
    private long _stored;
    private long _deadLettered;

    public long Stored => Interlocked.Read(ref _stored);

    public long DeadLettered => Interlocked.Read(ref _deadLettered);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var quiet = TriggerHub.SuppressCapture();
        foreach (var (folder, journal) in opening.Orphans())
        {
            using (journal)
            {
                await AdoptAsync(folder, new JournalDrain(journal, delivery, options), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task AdoptAsync(string folder, JournalDrain drain, CancellationToken cancellationToken)
    {
        try
        {
            while (await drain.StepAsync(null, cancellationToken).ConfigureAwait(false))
            {
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopping: the rest stays where it is, for the next start.
        }
        catch (Exception exception)
        {
            // Pump boundary: a journal that cannot be emptied must not stop the others.
            Log.AdoptionFailed(logger, folder, exception);
        }

        Interlocked.Add(ref _stored, drain.Stored);
        Interlocked.Add(ref _deadLettered, drain.DeadLettered);
        if (drain.Stored > 0) Log.Adopted(logger, drain.Stored, folder);
    }
}
