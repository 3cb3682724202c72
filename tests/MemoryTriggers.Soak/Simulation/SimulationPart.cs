using System.Collections.Concurrent;
using System.Globalization;

namespace MemoryTriggers.Soak.Simulation;

/// <summary>Many seeds, on all cores, each a run of its own.</summary>
internal sealed class SimulationPart(SoakOptions options, TextWriter progress)
{
    private const int ReportEvery = 1_000;
    private const int MaxReported = 5;

    public FaultRow Run(CancellationToken token)
    {
        var failed = new ConcurrentBag<SimulatedRun>();
        long faults = 0, attempted = 0, acknowledged = 0, lost = 0, doubled = 0;
        var done = 0;
        Parallel.For(0, options.Seeds, new ParallelOptions { CancellationToken = token }, index =>
        {
            var run = new SimulatedRun(unchecked(options.Seed + index));
            run.Run();
            Interlocked.Add(ref faults, run.Faults);
            Interlocked.Add(ref attempted, run.Attempted);
            Interlocked.Add(ref acknowledged, run.Acknowledged);
            Interlocked.Add(ref lost, run.Lost);
            Interlocked.Add(ref doubled, run.Doubled);
            if (run.Lost + run.Doubled + run.Problems.Count > 0) failed.Add(run);
            if (Interlocked.Increment(ref done) is var count && count % ReportEvery == 0)
                progress.WriteLine($"simulation: {count} of {options.Seeds} seeds, {failed.Count} failed");
        });

        // One seed is asked for to see what happens.
        var shown = options.Seeds == 1 ? new SimulatedRun(options.Seed) : failed.MinBy(static run => run.Trace.Count);
        if (options.Seeds == 1) shown!.Run();
        foreach (var line in shown?.Trace ?? []) progress.WriteLine(line);

        return new FaultRow(
            string.Create(CultureInfo.InvariantCulture, $"simulation, {options.Seeds:N0} seeds: disk, network, clock, kills, losses of power"),
            (int)faults, attempted, acknowledged, lost, doubled)
        {
            Problems = [.. failed.OrderBy(static run => run.Trace.Count).Take(MaxReported).Select(Describe)],
        };
    }

    private static string Describe(SimulatedRun run) =>
        string.Create(CultureInfo.InvariantCulture, $"seed {run.Seed}: {run.Lost} lost, {run.Doubled} doubled; {string.Join("; ", run.Problems)} (again: eng/soak.sh 0 {run.Seed} --only simulation --seeds 1)");
}
