using MemoryTriggers.Journal;

namespace MemoryTriggers.Soak;

/// <summary>Kills a working program at a random moment, over and over on one folder, and looks whether everything is there.</summary>
internal sealed class KillLoop(SoakOptions options, TextWriter progress)
{
    public const string Fault = "SIGKILL at a random moment";
    private const int LongestDelay = 500;
    private readonly Random _random = options.Draw(1);
    private readonly Ledger _ledger = new();
    private readonly string _folder = Path.Combine(options.Folder, "kill");

    public async Task<FaultRow> RunAsync(CancellationToken token)
    {
        var row = new FaultRow(Fault, 0, 0, 0, 0, 0);
        for (var cycle = 1; cycle <= options.Cycles && row.Passed; cycle++)
        {
            var problem = await CycleAsync(token);
            if (problem is not null) return row with { Injected = cycle, Problems = [$"cycle {cycle}: {problem}"] };
            if (cycle % options.CheckEvery != 0 && cycle != options.Cycles) continue;
            row = await Inspection.RunAsync(Fault, cycle, _folder, _ledger, token);
            progress.WriteLine($"kill loop: {cycle} of {options.Cycles}, {row.Acknowledged} acknowledged, {row.Lost} lost, {row.Doubled} doubled");
        }

        return row;
    }

    /// <summary>Half of the kills count from the start of the program, and so meet recovery; half from its first recorded call.</summary>
    private async Task<string?> CycleAsync(CancellationToken token)
    {
        var mode = _random.Next(4) == 0 ? JournalMode.Written : JournalMode.Mapped;
        var trigger = _random.Next(2) == 0 ? "start" : "d ";
        var delay = _random.Next(1, LongestDelay + 1);
        using var child = ChildProcess.Start(token, CallingChild.Verb, _folder, mode, _ledger.Next, _random.Next());
        Task? kill = null;
        while (await child.ReadLineAsync() is { } line)
        {
            _ledger.Note(line);
            if (kill is null && line.StartsWith(trigger, StringComparison.Ordinal)) kill = child.KillAfterAsync(delay);
        }

        await child.WaitAsync();
        if (kill is not null) await kill;
        return child.WasKilled ? null : "the program ended before it was killed";
    }
}
