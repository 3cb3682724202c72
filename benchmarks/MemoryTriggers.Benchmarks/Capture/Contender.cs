namespace MemoryTriggers.Benchmarks.Capture;

/// <summary>One way to run the calls, with a measurement for each shape.</summary>
internal abstract class Contender(string name, bool isCapturing)
{
    public string Name { get; } = name;

    /// <summary>Whether our runtime is on while it is measured.</summary>
    public bool IsCapturing { get; } = isCapturing;

    public Measurement Sync { get; } = new();

    public Measurement ValueTask { get; } = new();

    public Measurement Task { get; } = new();

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

    protected abstract void CallSync(int count);

    protected abstract void CallValueTask(int count);

    protected abstract void CallTask(int count);
}
