using System.Globalization;
using Spectre.Console;

namespace MemoryTriggers.Benchmarks.Capture;

/// <summary>
/// What a call costs: plain, woven and off, woven and on with the journal behind it, and three peers that capture the same values into
/// a bounded channel. The contenders take turns, round by round, and the medians are shown.
/// </summary>
internal static class CaptureBenchmark
{
    public const int DefaultRounds = 31;
    private const int CallsPerRound = 20_000;
    private const int WarmUpCalls = 200_000;

    public static async Task RunAsync(int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("memory-triggers-benchmark-").FullName;
        using var stop = new CancellationTokenSource();
        var consumer = Task.Run(() => PeerRecord.ConsumeAsync(stop.Token));
        var contenders = Contenders();
        try
        {
            await MeasureAsync(contenders, folder, rounds);
        }
        finally
        {
            await stop.CancelAsync();
            await consumer;
            Directory.Delete(folder, recursive: true);
        }

        Write(contenders, rounds);
    }

    private static List<Contender> Contenders() =>
    [
        new TargetContender<PlainTarget>("plain call"),
        new TargetContender<WovenTarget>("woven, off"),
        new TargetContender<WovenTarget>("woven, on", isCapturing: true),
        new TargetContender<CastleTarget>("Castle DynamicProxy"),
        new TargetContender<AspectTarget>("AspectInjector"),
        new TargetContender<DispatchTarget>("DispatchProxy"),
    ];

    private static async Task MeasureAsync(List<Contender> contenders, string folder, int rounds)
    {
        foreach (var contender in contenders) await TurnAsync(contender, folder, c => c.WarmUp(WarmUpCalls));

        await AnsiConsole.Progress().AutoClear(true).StartAsync(async progress =>
        {
            var task = progress.AddTask("measuring", maxValue: rounds);
            for (var round = 0; round < rounds; round++)
            {
                foreach (var contender in contenders) await TurnAsync(contender, folder, c => c.Round(CallsPerRound));
                task.Increment(1);
            }
        });
    }

    // A contender with our runtime gets it for its turn only. What it captured is drained before the next turn begins, as the channel
    // of the peers is, so that nobody is measured while another's backlog is worked off.
    private static async Task TurnAsync(Contender contender, string folder, Action<Contender> turn)
    {
        if (!contender.IsCapturing)
        {
            turn(contender);
            return;
        }

        await using var memory = await MemoryTriggerService.StartAsync(options => options.DataDirectory = folder, new DiscardingBackend());
        contender.WarmUp(1_000);
        turn(contender);
        if (!await memory.FlushAsync()) throw new InvalidOperationException("the journal was not emptied in time");
        var health = await memory.GetHealthAsync();
        if (health.Dropped.Values.Sum() > 0) throw new InvalidOperationException("records were dropped: the figures would be too good");
    }

    private static void Write(List<Contender> contenders, int rounds)
    {
        var plain = contenders[0];
        var castle = contenders[3];
        var calls = CallsPerRound.ToString("N0", CultureInfo.InvariantCulture);
        Console.WriteLine($"ns per call (bytes per call on the calling thread); medians of {rounds} rounds of {calls} calls");
        Console.WriteLine();
        Console.WriteLine("| | sync | ValueTask | Task | sync / plain | sync / Castle | ValueTask / Castle | Task / Castle |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var contender in contenders)
        {
            Console.WriteLine(
                $"| {contender.Name} | {Cell(contender.Sync)} | {Cell(contender.ValueTask)} | {Cell(contender.Task)} " +
                $"| {Ratio(contender.Sync, plain.Sync)} | {Ratio(contender.Sync, castle.Sync)} | {Ratio(contender.ValueTask, castle.ValueTask)} | {Ratio(contender.Task, castle.Task)} |");
        }
    }

    private static string Cell(Measurement measured) =>
        string.Create(CultureInfo.InvariantCulture, $"{measured.Nanoseconds:F1} ({measured.Bytes:F0})");

    private static string Ratio(Measurement measured, Measurement baseline) =>
        (measured.Nanoseconds / baseline.Nanoseconds).ToString("F2", CultureInfo.InvariantCulture);
}
