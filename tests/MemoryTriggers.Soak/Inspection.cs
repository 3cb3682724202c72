using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Soak;

/// <summary>The start after the faults: opens the folder, has everything stored, and compares it with the book.</summary>
internal static class Inspection
{
    public static async Task<FaultRow> RunAsync(string fault, int injected, string folder, Ledger ledger, CancellationToken token)
    {
        var problems = new List<string>();
        await using (var memory = await MemoryTriggerService.StartAsync(
            options =>
            {
                options.DataDirectory = folder;
                options.Journal.SegmentBytes = JournalOptions.MinSegmentBytes;
            },
            loggers: NullLoggerFactory.Instance,
            cancellationToken: token))
        {
            if (!await memory.FlushAsync(TimeSpan.FromMinutes(2), token)) problems.Add("not everything was stored within two minutes");
            var health = await memory.GetHealthAsync(token);
            // Of records that several threads were writing at the kill, a later one can be whole and an earlier one not.
            problems.AddRange(health.Problems.Where(static problem => !problem.Contains("parts are in its quarantine", StringComparison.Ordinal)));
            if (!health.IsBalanced)
                problems.Add($"accepted {health.Accepted} is not stored {health.Stored} + dead letters {health.DeadLettered} + pending {health.Pending}");
        }

        var content = new StoreContent(folder);
        problems.AddRange(content.Problems());
        return ledger.Compare(fault, injected, content.Numbers(), problems);
    }
}
