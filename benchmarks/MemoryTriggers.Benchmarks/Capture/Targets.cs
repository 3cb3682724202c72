using Castle.DynamicProxy;
using MemoryTriggers.Benchmarks.Peers;

namespace MemoryTriggers.Benchmarks.Capture;

// Structs, so that the JIT makes a loop of its own for each contender and every call is as direct as the contender allows.
internal readonly struct PlainTarget : ICalculator
{
    private static readonly PlainCalculator Calculator = new();

    public int Add(int a, int b) => Calculator.Add(a, b);

    public ValueTask<int> AddValueTask(int a, int b) => Calculator.AddValueTask(a, b);

    public Task<int> AddTask(int a, int b) => Calculator.AddTask(a, b);
}

internal readonly struct WovenTarget : ICalculator
{
    private static readonly WovenCalculator Calculator = new();

    public int Add(int a, int b) => Calculator.Add(a, b);

    public ValueTask<int> AddValueTask(int a, int b) => Calculator.AddValueTask(a, b);

    public Task<int> AddTask(int a, int b) => Calculator.AddTask(a, b);
}

internal readonly struct AspectTarget : ICalculator
{
    private static readonly AspectCalculator Calculator = new();

    public int Add(int a, int b) => Calculator.Add(a, b);

    public ValueTask<int> AddValueTask(int a, int b) => Calculator.AddValueTask(a, b);

    public Task<int> AddTask(int a, int b) => Calculator.AddTask(a, b);
}

internal readonly struct CastleTarget : ICalculator
{
    private static readonly ICalculator Calculator =
        new ProxyGenerator().CreateInterfaceProxyWithTarget<ICalculator>(new PlainCalculator(), new CastleInterceptor());

    public int Add(int a, int b) => Calculator.Add(a, b);

    public ValueTask<int> AddValueTask(int a, int b) => Calculator.AddValueTask(a, b);

    public Task<int> AddTask(int a, int b) => Calculator.AddTask(a, b);
}

internal readonly struct DispatchTarget : ICalculator
{
    private static readonly ICalculator Calculator = DispatchInterceptor.Around(new PlainCalculator());

    public int Add(int a, int b) => Calculator.Add(a, b);

    public ValueTask<int> AddValueTask(int a, int b) => Calculator.AddValueTask(a, b);

    public Task<int> AddTask(int a, int b) => Calculator.AddTask(a, b);
}
