using MemoryTriggers.Benchmarks.Capture;

namespace MemoryTriggers.Benchmarks.Hooks;

/// <summary>One way to do the same thing: with a hook or without, with something to remember or not.</summary>
/// <param name="name">As it stands in the table.</param>
/// <param name="isCapturing">Whether a runtime is attached meanwhile.</param>
/// <param name="run">Does it so many times.</param>
/// <param name="beside">The name of the same without the hook.</param>
internal sealed class HookCase(string name, bool isCapturing, Action<int> run, string? beside = null)
{
    public string Name => name;

    public string? Beside => beside;

    public bool IsCapturing => isCapturing;

    public Measurement Measured { get; } = new();

    public void WarmUp(int count) => run(count);

    public void Round(int count) => Measured.Round(run, count);
}
