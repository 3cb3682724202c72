using System.Globalization;
using MemoryTriggers.Benchmarks.Peers;

namespace MemoryTriggers.Benchmarks.Capture;

/// <summary>
/// What a call costs: plain, woven and off, woven and on with the journal behind it, and three peers that capture the same values into
/// a bounded channel. Every capturing contender has one consumer that takes its records and does nothing with them. The contenders take
/// turns, round by round, and the medians are shown.
/// </summary>
internal static class CaptureBenchmark
{
    public const int DefaultRounds = 15;
    private const int CallsPerRound = 100_000;
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
        var calls = CallsPerRound.ToString("N0", CultureInfo.InvariantCulture);
        Console.WriteLine($"ns per call (bytes per call on the calling thread); medians of {rounds} rounds of {calls} calls");
        Console.WriteLine();
        Console.WriteLine("| | sync | ValueTask | Task |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var contender in contenders) Console.WriteLine($"| {contender.Name} | {Cell(contender.Sync)} | {Cell(contender.ValueTask)} | {Cell(contender.Task)} |");

        var (plain, off, on) = (contenders[0], contenders[1], contenders[2]);
        Console.WriteLine();
        Console.WriteLine("| ratio | sync | ValueTask | Task |");
        Console.WriteLine("|---|---|---|---|");
        Ratios("woven, off / plain call", off, plain);
        foreach (var peer in contenders.Skip(3)) Ratios($"woven, on / {peer.Name}", on, peer);
    }

    private static void Ratios(string name, Contender measured, Contender baseline) => Console.WriteLine(
        $"| {name} | {Ratio(measured.Sync, baseline.Sync)} | {Ratio(measured.ValueTask, baseline.ValueTask)} | {Ratio(measured.Task, baseline.Task)} |");

    private static string Cell(Measurement measured) =>
        string.Create(CultureInfo.InvariantCulture, $"{measured.Nanoseconds:F1} ({measured.Bytes:F0})");

    private static string Ratio(Measurement measured, Measurement baseline) =>
        (measured.Nanoseconds / baseline.Nanoseconds).ToString("F2", CultureInfo.InvariantCulture);
}
