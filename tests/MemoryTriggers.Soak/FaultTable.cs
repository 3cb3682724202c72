namespace MemoryTriggers.Soak;

/// <summary>Prints the rows as a table that a document can take as it is.</summary>
internal static class FaultTable
{
    public static void Write(TextWriter output, IReadOnlyList<FaultRow> rows)
    {
        output.WriteLine("| fault | times injected | records attempted | acknowledged | lost | doubled |");
        output.WriteLine("|---|---:|---:|---:|---:|---:|");
        foreach (var row in rows)
            output.WriteLine($"| {row.Fault} | {row.Injected:N0} | {row.Attempted:N0} | {row.Acknowledged:N0} | {row.Lost:N0} | {row.Doubled:N0} |");

        foreach (var row in rows)
        {
            foreach (var problem in row.Problems)
                output.WriteLine($"PROBLEM  {row.Fault}: {problem}");
        }
    }
}
