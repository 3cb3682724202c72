using System.Globalization;
using MemoryTriggers.Benchmarks.AspNetCore;
using MemoryTriggers.Benchmarks.Backends;
using MemoryTriggers.Benchmarks.Capture;
using MemoryTriggers.Benchmarks.Configuration;
using MemoryTriggers.Benchmarks.Hooks;
using MemoryTriggers.Benchmarks.Journal;
using MemoryTriggers.Benchmarks.Policies;
using MemoryTriggers.Benchmarks.Pump;
using MemoryTriggers.Benchmarks.Recall;

// One table a benchmark, all of it from one run, so that the ratios hold on a noisy machine.
const string Help =
    """
    Usage: dotnet run -c Release --project benchmarks/MemoryTriggers.Benchmarks -- <benchmark> [rounds]

      capture   a call: plain, woven and off, woven and on (journal included), and three peers that capture the same
      journal   the journal beside a bare file, several producers, the time of an append, a restart, memory with a million waiting
      pump      from the call to the commit, for SQLite and in memory: records a second, latency, and the cost of idling
      policies  a decision: by 1,000 rules, and by none
      configuration  loading and validating a file with every key, beside a bare load; a change while the program runs; a trigger that is switched off
      hooks     an event, a log line, an activity, a request: without the hook, with it, and remembered
      backends  writing into SQLite and PostgreSQL, through the backend and without, LiteDB beside SQLite, and what batching and the cache save;
                starts a PostgreSQL server of its own. A second argument chooses one part: sqlite, litedb, postgres, batching, cache
      recall    what is found, and how fast, in 10,000 to 1,000,000 memories; the arguments are the largest number, sqlite or postgres for one only, and
                the connection string of a PostgreSQL server that is to be used and keeps what is stored
      concurrent  how fast PostgreSQL answers right after many writes, to one reader and to eight, and while somebody writes; the arguments are the number of
                memories and the connection string of a server that is to be used
      aspnetcore  a request with and without the middleware, in the pipeline alone and over a loopback connection
    """;

int? rounds = args.Length > 1 && int.TryParse(args[1], out var given) && given is > 0 and <= 1_000 ? given : null;
switch (args.FirstOrDefault())
{
    case "capture":
        await CaptureBenchmark.RunAsync(rounds ?? CaptureBenchmark.DefaultRounds);
        return 0;
    case "journal":
        await JournalBenchmark.RunAsync(rounds ?? JournalBenchmark.DefaultRounds);
        return 0;
    case "pump":
        await PumpBenchmark.RunAsync(rounds ?? PumpBenchmark.DefaultRounds);
        return 0;
    case "policies":
        PolicyBenchmark.Run(rounds ?? PolicyBenchmark.DefaultRounds);
        return 0;
    case "configuration":
        await ConfigurationBenchmark.RunAsync(rounds ?? ConfigurationBenchmark.DefaultRounds);
        return 0;
    case "hooks":
        await HooksBenchmark.RunAsync(rounds ?? HooksBenchmark.DefaultRounds);
        return 0;
    case "backends":
        return await BackendsBenchmark.RunAsync(rounds ?? BackendsBenchmark.DefaultRounds, args.Length > 2 ? args[2] : null);
    case "recall":
        return await RecallBenchmark.RunAsync(args.ElementAtOrDefault(1), args.ElementAtOrDefault(2), args.ElementAtOrDefault(3));
    case "concurrent":
        return await ConcurrentBenchmark.RunAsync(
            args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : ConcurrentBenchmark.DefaultMemories, args.ElementAtOrDefault(2));
    case "aspnetcore":
        await RequestBenchmark.RunAsync(rounds ?? RequestBenchmark.DefaultRounds);
        return 0;
    default:
        Console.WriteLine(Help);
        return args is ["-h" or "--help"] ? 0 : 2;
}
