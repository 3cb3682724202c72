using MemoryTriggers.Benchmarks.Capture;
using MemoryTriggers.Benchmarks.Policies;

// One table a benchmark, all of it from one run, so that the ratios hold on a noisy machine.
const string Help =
    """
    Usage: dotnet run -c Release --project benchmarks/MemoryTriggers.Benchmarks -- <benchmark> [rounds]

      capture   a call: plain, woven and off, woven and on (journal included), and three peers that capture the same
      policies  a decision: by 1,000 rules, and by none
    """;

var rounds = args.Length > 1 && int.TryParse(args[1], out var given) && given is > 0 and <= 1_000 ? given : CaptureBenchmark.DefaultRounds;
switch (args.FirstOrDefault())
{
    case "capture":
        await CaptureBenchmark.RunAsync(rounds);
        return 0;
    case "policies":
        PolicyBenchmark.Run(args.Length > 1 ? rounds : PolicyBenchmark.DefaultRounds);
        return 0;
    default:
        Console.WriteLine(Help);
        return args is ["-h" or "--help"] ? 0 : 2;
}
