using MemoryTriggers.Decoding;
using MemoryTriggers.Delivery;
using MemoryTriggers.Delivery.DeadLetters;
using MemoryTriggers.Delivery.Holding;
using MemoryTriggers.Delivery.Sampling;
using MemoryTriggers.Files;
using MemoryTriggers.Journal;
using MemoryTriggers.Problems;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Hosting;

/// <summary>Delivery, joined: from the journal, by way of the rules, to the store; what is held back, and what cannot be stored.</summary>
internal sealed class DeliveryStage : IStage
{
    private readonly CaptureJournal _journal;
    private readonly ILogger _logger;

    /// <param name="options">The settings.</param>
    /// <param name="data">The data folder; <see langword="null"/> when nothing can be written there.</param>
    /// <param name="opening">Finds the journals that ended processes have left.</param>
    /// <param name="journal">The journal of this process.</param>
    /// <param name="holding">The store of held records.</param>
    /// <param name="backend">The store.</param>
    /// <param name="policies">The policies.</param>
    /// <param name="problems">Learns of files that were set aside.</param>
    /// <param name="loggers">Where to log.</param>
    /// <param name="time">The clock.</param>
    public DeliveryStage(
        MemoryTriggersOptions options, DataDirectory? data, JournalOpening opening, CaptureJournal journal, HoldingStore holding,
        IMemoryBackend backend, PolicyStage policies, ProblemLog problems, ILoggerFactory loggers, TimeProvider time)
    {
        (_journal, _logger, Loops) = (journal, loggers.CreateLogger<DeliveryStage>(), new StageLoops(time));
        DeadLetters = new DeadLetterStore(
            data?.DeadLetters, time, loggers.CreateLogger<DeadLetterStore>(), options.Journal.Disk, options.Project, problems);
        Limits = new TriggerLimits(options.Types);
        Provisional = new ProvisionalRecords(time);
        Rates = new OperationRates(data?.Root, problems, time, loggers.CreateLogger<OperationRates>());
        Holding = holding;
        var sorting = new RecordSorting(policies.Rules, holding, options.Policies.MaxHeld);
        Records = new RecordDelivery(
            backend, new MemoryComposer(options.Project, options.Lines), DeadLetters, options.Delivery, time,
            loggers.CreateLogger<RecordDelivery>(), Limits, sorting, Provisional, new SuccessSampling(Rates, options.Delivery))
        {
            Registered = id => journal.TryGetDefinition(id, out var json) ? DefinitionJson.Read(json.Span) : null,
        };
        Returning = new LetterReturn(DeadLetters, Records, () => journal.DefinitionCount, time, loggers.CreateLogger<LetterReturn>());
        Held = new HeldDelivery(holding, Records, sorting, options.Delivery, time, loggers.CreateLogger<HeldDelivery>());
        Drain = new JournalDrain(journal, Records, options.Delivery);
        Signal = new PumpSignal(time);
        Pump = new CapturePump(journal, Drain, Signal, options.Delivery, time, loggers.CreateLogger<CapturePump>());
        Adoption = new OrphanAdoption(opening, Records, holding, policies, options.Delivery, problems, time, loggers);
    }

    public string Name => "delivery";

    public StageLoops Loops { get; }

    /// <summary>Ends when what ended processes left is stored, or cannot be for now.</summary>
    public Task Adopting { get; private set; } = Task.CompletedTask;

    public DeadLetterStore DeadLetters { get; }

    public TriggerLimits Limits { get; }

    /// <summary>The records whose outcome is not final.</summary>
    public ProvisionalRecords Provisional { get; }

    /// <summary>Counts and durations of operations whose successes are not all remembered.</summary>
    public OperationRates Rates { get; }

    public HoldingStore Holding { get; }

    public RecordDelivery Records { get; }

    public HeldDelivery Held { get; }

    public JournalDrain Drain { get; }

    /// <summary>Wakes the pump.</summary>
    public PumpSignal Signal { get; }

    public CapturePump Pump { get; }

    /// <summary>Stores dead letters whose trigger is registered later.</summary>
    public LetterReturn Returning { get; }

    public OrphanAdoption Adoption { get; }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Loops.Run(Pump.RunAsync);
        Adopting = Loops.Run(Adoption.RunAsync);
        Loops.Run(Held.RunAsync);
        Loops.Run(Returning.RunAsync);
        return Task.CompletedTask;
    }

    /// <summary>Waits until everything captured before is stored, and what was held and is due, too.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await Pump.FlushAsync(cancellationToken).ConfigureAwait(false);
        await Returning.StepAsync(cancellationToken).ConfigureAwait(false);
        while (await Held.StepAsync(cancellationToken).ConfigureAwait(false))
        {
        }
    }

    /// <summary>Stores what is pending within the deadline, and leaves the rest in the journal.</summary>
    public async Task StopAsync(CancellationToken deadline)
    {
        await Loops.EndAsync(deadline).ConfigureAwait(false);
        if (_journal.GetStatistics().Pending is > 0 and var pending) Log.StoppedWithPending(_logger, pending);
        Holding.Dispose();
        Rates.Dispose();
    }
}
