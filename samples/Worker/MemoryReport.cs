using MemoryTriggers;

namespace Worker;

/// <summary>What was remembered: what went wrong, and what was done about it.</summary>
internal static class MemoryReport
{
    public static async Task WriteAsync(MemoryTriggerService memory, CancellationToken cancellationToken)
    {
        await memory.FlushAsync(cancellationToken: cancellationToken);
        var failures = await memory.Recall.ListAsync(new() { Outcome = TriggerOutcome.Failure }, cancellationToken);
        var repairs = await memory.Recall.ListAsync(
            new() { TriggerType = TriggerType.ErrorResolution, Outcome = TriggerOutcome.Success }, cancellationToken);

        Console.WriteLine($"Remembered: {await memory.Recall.CountAsync(cancellationToken: cancellationToken)} memories");
        Write("What went wrong:", failures);
        Write("What was done about it:", repairs);
    }

    private static void Write(string title, IReadOnlyList<MemoryEntry> entries)
    {
        Console.WriteLine(title);
        foreach (var entry in entries) Console.WriteLine($"  {entry.Content}");
    }
}
