using MemoryTriggers.Soak.Simulation;

namespace MemoryTriggers.Soak;

/// <summary>All parts, one after the other, and the table.</summary>
internal static class SoakRun
{
    public static async Task<int> MainAsync(string[] args)
    {
        if (args.Contains("--help"))
        {
            Console.Write(SoakOptions.Help);
            return 0;
        }

        try
        {
            return await RunAsync(SoakOptions.Parse(args), CancellationToken.None) ? 0 : 1;
        }
        catch (FormatException problem)
        {
            Console.Error.WriteLine(problem.Message);
            return 2;
        }
    }

    private static async Task<bool> RunAsync(SoakOptions options, CancellationToken token)
    {
        var progress = Console.Error;
        progress.WriteLine($"seed {options.Seed}, {Environment.ProcessorCount} cores, data in {options.Folder}");
        Directory.CreateDirectory(options.Folder);
        var rows = new List<FaultRow>();
        if (options.Runs("kill")) rows.Add(await new KillLoop(options, progress).RunAsync(token));
        if (options.Runs("points")) rows.AddRange(await new NamedPoints(options, progress).RunAsync(token));
        if (options.Runs("power")) rows.AddRange(await new PowerLoss(options, progress).RunAsync(token));
        if (options.Runs("backlog")) rows.Add(await new Backlog(options, progress).RunAsync(token));
        if (options.Runs("simulation")) rows.Add(new SimulationPart(options, progress).Run(token));
        var load = new Load(options, progress);
        if (options.Runs("load") && options.Minutes > 0) rows.Add(await load.RunAsync(token));

        Console.WriteLine($"seed {options.Seed}, {Environment.ProcessorCount} cores");
        FaultTable.Write(Console.Out, rows);
        if (load.Trends.Count > 0)
        {
            Console.WriteLine();
            Trend.Write(Console.Out, load.Trends);
        }

        var passed = rows.TrueForAll(static row => row.Passed);
        if (passed) Directory.Delete(options.Folder, recursive: true);
        else progress.WriteLine($"the data is kept in {options.Folder}");
        return passed;
    }
}
