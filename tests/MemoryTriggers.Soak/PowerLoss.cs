using MemoryTriggers.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Soak;

/// <summary>Kills a journal's owner, takes away what was not synced, and looks whether the rest is there: over and over on what is left.</summary>
internal sealed class PowerLoss(SoakOptions options, TextWriter progress)
{
    private const int LongestDelay = 150;
    private const int ReportEvery = 50;
    private const int MaxBacklog = 1000;
    private readonly Random _random = options.Draw(3);

    public async Task<IReadOnlyList<FaultRow>> RunAsync(CancellationToken token) =>
        [await RunAsync(JournalMode.Mapped, token), await RunAsync(JournalMode.Written, token)];

    private async Task<FaultRow> RunAsync(JournalMode mode, CancellationToken token)
    {
        var row = new FaultRow($"loss of power, simulated ({mode.ToString().ToLowerInvariant()}); acknowledged = synced", 0, 0, 0, 0, 0);
        var ledger = new SyncLedger();
        var root = Path.Combine(options.Folder, "power", mode.ToString());
        for (var loss = 1; loss <= options.PowerLosses && row.Passed; loss++)
        {
            var current = Path.Combine(root, $"{loss - 1}");
            var notes = Path.Combine(root, $"{loss - 1}-synced");
            var after = Path.Combine(root, $"{loss}");
            var problem = await KillAsync(current, notes, mode, ledger, token);
            new PowerCut(current, notes, _random).WriteTo(after);

            // Read twice: recovery must find the same again, and what the first start found, it has synced.
            var found = Drain(after, mode, acknowledge: false);
            var first = ledger.Compare(found);
            var second = ledger.Compare(Drain(after, mode, acknowledge: found.Count > MaxBacklog));
            if (found.Count > MaxBacklog) ledger.Forget();
            row = new FaultRow(row.Fault, loss, ledger.Attempted, ledger.Acknowledged, first.Lost + second.Lost, first.Doubled + second.Doubled)
            {
                Problems = [.. problem is null ? [] : new[] { problem }, .. first.Unknown + second.Unknown == 0 ? [] : new[] { "records that were never attempted" }],
            };
            if (row.Passed)
            {
                Directory.Delete(current, recursive: true);
                Directory.Delete(notes, recursive: true);
            }

            if (loss % ReportEvery == 0)
                progress.WriteLine($"loss of power, {mode}: {loss} of {options.PowerLosses}, {row.Acknowledged} synced, {row.Lost} lost, {row.Doubled} doubled");
        }

        return row;
    }

    private async Task<string?> KillAsync(string folder, string notes, JournalMode mode, SyncLedger ledger, CancellationToken token)
    {
        using var child = ChildProcess.Start(token, AppendingChild.Verb, folder, notes, mode, ledger.Next, _random.Next());
        var delay = _random.Next(1, LongestDelay + 1);
        Task? kill = null;
        while (await child.ReadLineAsync() is { } line)
        {
            ledger.Note(line);
            kill ??= child.KillAfterAsync(delay);
        }

        await child.WaitAsync();
        if (kill is not null) await kill;
        return child.WasKilled ? null : "the program ended before it was killed";
    }

    private static List<int> Drain(string folder, JournalMode mode, bool acknowledge)
    {
        var settings = new JournalOptions { Directory = folder, SegmentBytes = JournalOptions.MinSegmentBytes, ForcedMode = mode };
        using var journal = CaptureJournal.Open(settings, NullLogger<CaptureJournal>.Instance, TimeProvider.System);
        var numbers = new List<int>();
        foreach (var lane in Enum.GetValues<TriggerPriority>())
        {
            while (journal.Read(lane, 100, 64 * 1024) is { IsEmpty: false } batch)
            {
                foreach (var record in batch.Records) numbers.Add(NumberedRecord.Read(record.Span));
                if (acknowledge) journal.Acknowledge(batch);
                batch.Return();
            }
        }

        return numbers;
    }
}
