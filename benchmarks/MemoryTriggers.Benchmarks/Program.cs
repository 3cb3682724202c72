using MemoryTriggers.Benchmarks.Backends;
using MemoryTriggers.Benchmarks.Capture;

// One table a benchmark, all of it from one run, so that the ratios hold on a noisy machine.
const string Help =
    """
    Usage: dotnet run -c Release --project benchmarks/MemoryTriggers.Benchmarks -- <benchmark> [rounds]

      capture   a call: plain, woven and off, woven and on (journal included), and three peers that capture the same
      backends  writing into PostgreSQL, through the backend and by a bare insert; starts a server of its own
    """;

var rounds = args.Length > 1 && int.TryParse(args[1], out var given) && given is > 0 and <= 1_000 ? given : (int?)null;
switch (args.FirstOrDefault())
{
    case "capture":
        await CaptureBenchmark.RunAsync(rounds ?? CaptureBenchmark.DefaultRounds);
        return 0;
    case "backends":
        return await BackendsBenchmark.RunAsync(rounds ?? BackendsBenchmark.DefaultRounds);
    default:
        Console.WriteLine(Help);
        return args is ["-h" or "--help"] ? 0 : 2;
}
