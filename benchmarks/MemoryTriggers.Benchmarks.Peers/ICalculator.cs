namespace MemoryTriggers.Benchmarks.Peers;

/// <summary>What every contender runs.</summary>
public interface ICalculator
{
    int Add(int a, int b);

    ValueTask<int> AddValueTask(int a, int b);

    Task<int> AddTask(int a, int b);
}
