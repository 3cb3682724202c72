namespace MemoryTriggers.TestKit;

/// <summary>What code allocates in steady state on the thread that runs it.</summary>
public static class Allocations
{
    private const int Rounds = 5;

    /// <summary>
    /// Bytes that the cheapest of several equal rounds allocates. What an execution allocates shows in every round; what the runtime
    /// allocates once (loading a type, changing the tier of a method) shows in one only.
    /// </summary>
    public static long OfSteadyState(int executions, Action execute)
    {
        execute();
        return Enumerable.Range(0, Rounds).Min(_ => OfRound(executions, execute));
    }

    private static long OfRound(int executions, Action execute)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var run = 0; run < executions; run++) execute();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
