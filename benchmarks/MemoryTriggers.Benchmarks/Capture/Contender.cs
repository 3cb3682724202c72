namespace MemoryTriggers.Benchmarks.Capture;

/// <summary>One way to run the calls, with a measurement for each shape. Loops of its own, so that no call is shared with another.</summary>
internal sealed class Contender(string name, ICalculator calculator, bool isCapturing)
{
    public string Name { get; } = name;

    /// <summary>Whether our runtime is on while it is measured.</summary>
    public bool IsCapturing { get; } = isCapturing;

    public Measurement Sync { get; } = new();

    public Measurement ValueTask { get; } = new();

    public Measurement Task { get; } = new();

    public int Sink { get; private set; }

    public void Round(int count)
    {
        Sync.Round(CallSync, count);
        ValueTask.Round(CallValueTask, count);
        Task.Round(CallTask, count);
    }

    public void WarmUp(int count)
    {
        CallSync(count);
        CallValueTask(count);
        CallTask(count);
    }

    private void CallSync(int count)
    {
        for (var call = 0; call < count; call++) Sink += calculator.Add(call, 2);
    }

    private void CallValueTask(int count)
    {
        for (var call = 0; call < count; call++) Sink += calculator.AddValueTask(call, 2).Result;
    }

    private void CallTask(int count)
    {
        for (var call = 0; call < count; call++) Sink += calculator.AddTask(call, 2).Result;
    }
}
