using System.Globalization;
using MemoryTriggers.Journal;
using MemoryTriggers.TestKit;
using MemoryTriggers.TestKit.Disk;

namespace MemoryTriggers.Soak.Simulation;

/// <summary>
/// Everything that happens from one seed: a few lives of a program, each with its calls, faults of disk, network and clock, and its end; then
/// fair weather until all is stored. The same seed does the same, on any machine.
/// </summary>
internal sealed class SimulatedRun(int seed)
{
    private const int MaxStepsToRest = 2_000;
    private readonly Random _random = new(seed);
    private readonly SimulatedOracle _oracle = new();
    private readonly List<string> _trace = [];
    private readonly List<string> _problems = [];
    private DateTimeOffset _now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public int Seed => seed;

    /// <summary>Faults injected so far.</summary>
    public int Faults { get; private set; }

    public int Attempted => _oracle.Attempted;

    public int Acknowledged => _oracle.Acknowledged;

    public int Lost { get; private set; }

    public int Doubled { get; private set; }

    public IReadOnlyList<string> Problems => _problems;

    /// <summary>What happened, a line for each step.</summary>
    public IReadOnlyList<string> Trace => _trace;

    public void Run()
    {
        // Where there is a context, what follows a wait would be given to the thread pool and happen at any time.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            LiveAndSettle();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private void LiveAndSettle()
    {
        var mode = _random.Next(2) == 0 ? JournalMode.Mapped : JournalMode.Written;
        var journal = new JournalOptions
        {
            ForcedMode = mode,
            SegmentBytes = JournalOptions.MinSegmentBytes,
            MaxBytes = JournalOptions.MinTotalBytes * _random.Next(1, 9),
            Overflow = _random.Next(3) switch { 0 => JournalOverflow.DropLowestPriority, 1 => JournalOverflow.Spill, _ => JournalOverflow.DropNewest },
            OverflowWait = TimeSpan.Zero,
            SpillBytes = JournalOptions.MinTotalBytes,
            Nonce = () => (ulong)_random.NextInt64(),
        };
        var delivery = new DeliveryOptions
        {
            BatchSize = _random.Next(1, 50),
            Concurrency = _random.Next(1, 5),
            AutoTune = _random.Next(2) == 0,
            OperationsPerSecond = _random.Next(3) == 0 ? 100 : 0,
            Random = _random.NextDouble,
        };
        Note($"{mode}, {journal.MaxBytes} bytes, {journal.Overflow}, batches of {delivery.BatchSize}, {delivery.Concurrency} at once");

        var store = new SimulatedStore(_random);
        var disk = new SimulatedDisk(mode == JournalMode.Mapped) { Time = new ManualTimeProvider(_now) };
        for (var lives = _random.Next(1, 5); lives > 0; lives--) disk = Live(journal, delivery, disk, store);
        Settle(journal, delivery, disk, store);
    }

    private SimulatedDisk Live(JournalOptions journal, DeliveryOptions delivery, SimulatedDisk disk, SimulatedStore store)
    {
        if (Start(journal, delivery, disk, store) is not { } life) return Next(disk);

        for (var steps = _random.Next(5, 60); steps > 0 && !disk.HasEnded; steps--)
        {
            Step(life, store);
            if (!disk.HasEnded && life.Imbalance() is { } imbalance) Complain(imbalance);
        }

        if (!disk.HasEnded && _random.Next(3) == 0)
        {
            var isSynced = life.Stop();
            if (isSynced) _oracle.Sync(_oracle.Snapshot());
            Note($"stopped, synced: {isSynced}");
        }

        _oracle.Evicted += life.Evicted;
        _now = life.Clock.GetUtcNow();
        return Next(disk);
    }

    private SimulatedLife? Start(JournalOptions journal, DeliveryOptions delivery, SimulatedDisk disk, SimulatedStore store)
    {
        // Death may come in the middle of recovery.
        if (_random.Next(4) == 0) disk.EndsAfter = _random.Next(1, 40);
        try
        {
            return new SimulatedLife(journal, delivery, disk, store, new ManualTimeProvider(_now));
        }
        catch (JournalUnavailableException exception)
        {
            // Only a disk that refuses may keep a journal from opening.
            if (!disk.HasEnded && disk.Capacity == long.MaxValue) Complain($"it does not start: {exception.Message}");
            Note("died at the start");
            return null;
        }
    }

    private SimulatedDisk Next(SimulatedDisk disk)
    {
        disk.End();
        Faults++;
        var losesPower = _random.Next(2) == 0;
        Note(losesPower ? "lost power" : "killed");
        if (losesPower) _oracle.LosePower();
        var next = losesPower ? disk.AfterPowerLoss(_random) : disk.AfterKill();
        _trace.AddRange(next.Describe(SimulatedLife.Folder));
        return next;
    }

    private void Step(SimulatedLife life, SimulatedStore store)
    {
        switch (_random.Next(20))
        {
            case < 7:
                Append(life);
                break;
            case < 10:
                life.Pass();
                break;
            case < 14:
                life.Deliver();
                break;
            case 14:
                Sync(life);
                break;
            case 15 or 16:
                var time = TimeSpan.FromMilliseconds(Math.Pow(10, _random.NextDouble() * 5));
                Note($"{time.TotalMilliseconds:0} ms pass");
                life.Clock.Advance(time);
                break;
            case 17:
                store.Weather = (NetworkWeather)_random.Next((int)NetworkWeather.Changing + 1);
                Faults += store.Weather == NetworkWeather.Calm ? 0 : 1;
                Note($"network: {store.Weather}");
                break;
            case 18:
                HarmDisk(life.Disk);
                break;
            default:
                var jump = TimeSpan.FromDays((_random.NextDouble() * 2) - 1);
                Faults++;
                Note($"the clock is set by {jump.TotalHours:0.0} h");
                life.Clock.SetBy(jump);
                break;
        }
    }

    private void Append(SimulatedLife life)
    {
        var lane = (TriggerPriority)_random.Next(4);
        var count = _random.Next(1, 60);
        var length = _random.Next(10) == 0 ? 4_000 : _random.Next(10, 400);
        var accepted = 0;
        for (var index = 0; index < count && !life.Disk.HasEnded; index++)
        {
            var number = _oracle.Next();
            var result = life.Append(lane, SimulatedRecord.Make(number, length, lane));
            if (result != JournalAppendResult.Accepted || life.Disk.HasEnded) continue;
            _oracle.Accept(number);
            accepted++;
        }

        Note($"{accepted} of {count} accepted in {lane}");
    }

    private void Sync(SimulatedLife life)
    {
        var before = _oracle.Snapshot();
        var synced = life.RequestSync();
        life.Pass();
        var isSynced = synced.IsCompletedSuccessfully && !life.Disk.HasEnded;
        if (isSynced) _oracle.Sync(before);
        else _ = synced.Exception;
        Note($"sync: {isSynced}");
    }

    private void HarmDisk(SimulatedDisk disk)
    {
        Faults++;
        switch (_random.Next(5))
        {
            case 0:
                disk.SyncsToFail = _random.Next(1, 4);
                Note($"{disk.SyncsToFail} syncs will fail");
                break;
            case 1:
                disk.WritesToFail = _random.Next(1, 4);
                Note($"{disk.WritesToFail} writes will fail");
                break;
            case 2:
                disk.Capacity = _random.Next(1, 12) * 32 * 1024;
                Note($"the disk has {disk.Capacity} bytes");
                break;
            case 3:
                disk.Capacity = long.MaxValue;
                Note("the disk has room");
                break;
            default:
                disk.EndsAfter = _random.Next(1, 30);
                Note($"the process will die in {disk.EndsAfter} operations");
                break;
        }
    }

    private void Settle(JournalOptions journal, DeliveryOptions delivery, SimulatedDisk disk, SimulatedStore store)
    {
        disk.Capacity = long.MaxValue;
        store.Weather = NetworkWeather.Calm;
        var life = new SimulatedLife(journal, delivery, disk, store, new ManualTimeProvider(_now));
        var steps = 0;
        for (; steps < MaxStepsToRest && life.HasPending; steps++)
        {
            life.Pass();
            life.Deliver();
            life.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        if (life.HasPending) Complain($"still pending after {MaxStepsToRest} steps in fair weather");
        if (life.Imbalance() is { } imbalance) Complain(imbalance);
        var letters = life.DeadLetterNumbers();
        life.Stop();
        var (lost, doubled, problems) = _oracle.Judge(store, letters);
        (Lost, Doubled) = (lost, doubled);
        _problems.AddRange(problems);
        Note($"{store.Numbers.Count()} stored, {letters.Count} dead letters, {lost} lost, {doubled} doubled");
    }

    private void Complain(string problem)
    {
        Note($"PROBLEM {problem}");
        _problems.Add(problem);
    }

    private void Note(FormattableString line) => _trace.Add(line.ToString(CultureInfo.InvariantCulture));

    private void Note(string line) => _trace.Add(line);
}
