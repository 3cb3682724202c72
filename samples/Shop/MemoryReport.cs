using MemoryTriggers;

namespace Shop;

/// <summary>What the shop knows: what went wrong, what fixed it, and how the memory itself does.</summary>
internal sealed class MemoryReport(MemoryTriggerService memory)
{
    private const string Question = "why do orders fail, and what did we do about it?";

    public async Task WriteAsync(TextWriter output)
    {
        await memory.FlushAsync();
        var failures = await memory.Recall.ListAsync(new() { Outcome = TriggerOutcome.Failure });
        var fixes = await memory.Recall.ListAsync(new() { TriggerType = TriggerType.ErrorResolution, Outcome = TriggerOutcome.Success });
        var slow = await memory.Recall.ListAsync(new() { AnyTags = ["slow"] });
        var hits = await memory.Recall.SearchAsync(Question, new() { Limit = 3 });
        var health = await memory.GetHealthAsync();

        await WriteAsync(output, "What went wrong", failures);
        await WriteAsync(output, "What fixed it", fixes);
        await WriteAsync(output, "What was slow", slow);
        await WriteAsync(output, $"Asked: {Question}", hits.Select(static hit => hit.Entry));
        await output.WriteLineAsync(
            $"{health.Accepted} accepted = {health.Stored} stored + {health.Counted} counted + " +
            $"{health.DeadLettered} dead letters + {health.Pending} pending, in {health.DataDirectory}");
    }

    private static async Task WriteAsync(TextWriter output, string title, IEnumerable<MemoryEntry> entries)
    {
        await output.WriteLineAsync(title);
        foreach (var entry in entries)
            await output.WriteLineAsync($"  {entry.CreatedAt:HH:mm:ss.fff}  {entry.Outcome.Name(),-8} {entry.Content}");
        await output.WriteLineAsync();
    }
}
