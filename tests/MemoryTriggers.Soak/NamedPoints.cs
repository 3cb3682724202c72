using MemoryTriggers.Journal;

namespace MemoryTriggers.Soak;

/// <summary>Lets a working program die at a chosen step of its own, as often as asked, and looks whether everything is there.</summary>
internal sealed class NamedPoints(SoakOptions options, TextWriter progress)
{
    private readonly Random _random = options.Draw(2);

    /// <summary>The points, each with the mode of the journal that has it.</summary>
    public static IReadOnlyList<(string Name, JournalMode Mode)> All { get; } =
    [
        .. Mapped("call.before", "call.after"),
        .. Mapped("segment.allocate.before", "segment.allocate.after"),
        .. Mapped("segment.sync.before", "segment.sync.after"),
        .. Written("segment.write.before", "segment.write.during", "segment.write.after"),
        .. Written("segment.sync.before", "segment.sync.after"),
        .. Mapped("directory.sync.before", "directory.sync.after"),
        .. Mapped("definitions.write.before", "definitions.write.during", "definitions.write.after"),
        .. Mapped("definitions.sync.before", "definitions.sync.after"),
        .. Mapped("checkpoint.write.before", "checkpoint.write.during", "checkpoint.write.after"),
        .. Mapped("checkpoint.sync.before", "checkpoint.sync.after"),
        .. Mapped("store.commit.before", "store.commit.after"),
    ];

    public async Task<IReadOnlyList<FaultRow>> RunAsync(CancellationToken token)
    {
        var rows = new List<FaultRow>();
        foreach (var (name, mode) in All)
        {
            rows.Add(await RunAsync(name, mode, token));
            progress.WriteLine($"killed {rows[^1].Injected} times at {rows[^1].Fault}: {rows[^1].Lost} lost, {rows[^1].Doubled} doubled");
        }

        return rows;
    }

    private async Task<FaultRow> RunAsync(string point, JournalMode mode, CancellationToken token)
    {
        var fault = $"killed at {point}{(mode == JournalMode.Written ? " (written)" : "")}";
        var total = new FaultRow(fault, 0, 0, 0, 0, 0);

        // Definitions are written once in a folder; everything else happens again and again in the same one.
        var isOnce = point.StartsWith("definitions", StringComparison.Ordinal);
        var ledger = new Ledger();
        for (var run = 1; run <= options.PerPoint && total.Passed; run++)
        {
            var folder = Path.Combine(options.Folder, "points", $"{point}-{mode}-{(isOnce ? run : 0)}");
            var problem = await KillAsync(point, mode, _random.Next(1, LatestOccurrence(point) + 1), folder, ledger, token);
            if (problem is not null) return total with { Injected = run, Problems = [problem] };
            if (!isOnce && run % options.CheckEvery != 0 && run != options.PerPoint) continue;

            var row = await Inspection.RunAsync(fault, run, folder, ledger, token);
            total = isOnce ? row with { Attempted = total.Attempted + row.Attempted, Acknowledged = total.Acknowledged + row.Acknowledged } : row;
            if (isOnce) ledger = new Ledger();
        }

        return total;
    }

    private async Task<string?> KillAsync(string point, JournalMode mode, int occurrence, string folder, Ledger ledger, CancellationToken token)
    {
        using var child = ChildProcess.Start(token, CallingChild.Verb, folder, mode, ledger.Next, _random.Next(), point, occurrence);
        var isHit = false;
        while (await child.ReadLineAsync() is { } line)
        {
            ledger.Note(line);
            isHit |= line == $"hit {point}";
        }

        await child.WaitAsync();
        return isHit && child.WasKilled ? null : "the program ended without coming there";
    }

    // Calls, writes and syncs of records happen all the time; names and checkpoints now and then; definitions once.
    private static int LatestOccurrence(string point) => point.Split('.')[..2] switch
    {
        ["call", _] or ["segment", "write" or "sync"] => 60,
        ["checkpoint", _] or ["store", _] or ["directory", _] => 8,
        ["definitions", _] => 1,
        _ => 4,
    };

    private static IEnumerable<(string, JournalMode)> Mapped(params IEnumerable<string> names) => names.Select(static name => (name, JournalMode.Mapped));

    private static IEnumerable<(string, JournalMode)> Written(params IEnumerable<string> names) => names.Select(static name => (name, JournalMode.Written));
}
