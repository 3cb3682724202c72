using MemoryTriggers.Delivery;
using MemoryTriggers.Delivery.Holding;
using MemoryTriggers.Problems;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Hosting;

/// <summary>Stores, once after the start, what processes that ended too early have left in their journals.</summary>
internal sealed class OrphanAdoption(
    JournalOpening opening, RecordDelivery delivery, HoldingStore holding, PolicyStage policies, DeliveryOptions options,
    ProblemLog problems, TimeProvider time, ILoggerFactory loggers)
{
    private readonly ILogger<OrphanAdoption> _logger = loggers.CreateLogger<OrphanAdoption>();
    private long _stored;
    private long _deadLettered;
    private long _denied;
    private long _held;
    private long _counted;

    public long Stored => Interlocked.Read(ref _stored);

    public long DeadLettered => Interlocked.Read(ref _deadLettered);

    public long Denied => Interlocked.Read(ref _denied);

    public long Held => Interlocked.Read(ref _held);

    public long Counted => Interlocked.Read(ref _counted);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var quiet = TriggerHub.SuppressCapture();
        foreach (var (folder, journal) in opening.Orphans())
        {
            using (journal)
            {
                AdoptHeld(folder);
                AdoptActions(folder);
                await AdoptAsync(folder, new JournalDrain(journal, delivery, options), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private void AdoptHeld(string folder)
    {
        try
        {
            using var left = new HoldingStore(folder, problems, time);
            if (left.Count > 0) holding.Adopt(left);
        }
        catch (Exception exception)
        {
            // Pump boundary: what was held there stays there, for the next start.
            Log.AdoptionFailed(_logger, folder, exception);
        }
    }

    private void AdoptActions(string folder)
    {
        try
        {
            policies.Adopt(folder);
        }
        catch (Exception exception)
        {
            // Pump boundary: what waits there stays there, for the next start.
            Log.AdoptionFailed(_logger, folder, exception);
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
            Log.AdoptionFailed(_logger, folder, exception);
        }

        Interlocked.Add(ref _stored, drain.Stored);
        Interlocked.Add(ref _deadLettered, drain.DeadLettered);
        Interlocked.Add(ref _denied, drain.Denied);
        Interlocked.Add(ref _held, drain.Held);
        Interlocked.Add(ref _counted, drain.Counted);
        if (drain.Stored > 0) Log.Adopted(_logger, drain.Stored, folder);
    }
}
