using System.Globalization;

namespace MemoryTriggers.Benchmarks.Capture;

/// <summary>
/// What a call costs: plain, woven and off, woven and on with the journal behind it, and three peers that capture the same values into
/// a bounded channel. Every capturing contender has one consumer that takes its records and does nothing with them. The contenders take
/// turns, round by round, and the medians are shown.
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
            using var journal = new DrainedJournal(folder);
            Measure(contenders, journal, rounds);
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

    private static void Measure(List<Contender> contenders, DrainedJournal journal, int rounds)
    {
        foreach (var contender in contenders) Turn(contender, journal, contender.WarmUp, WarmUpCalls);

        for (var round = 0; round < rounds; round++)
        {
            foreach (var contender in contenders) Turn(contender, journal, contender.Round, CallsPerRound);
            Console.Error.Write($"\rround {round + 1} of {rounds}");
        }

        Console.Error.WriteLine();
    }

    private static void Turn(Contender contender, DrainedJournal journal, Action<int> turn, int calls)
    {
        if (contender.IsCapturing) journal.During(() => turn(calls));
        else turn(calls);
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
