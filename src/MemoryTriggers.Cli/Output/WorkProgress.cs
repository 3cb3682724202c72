namespace MemoryTriggers.Cli.Output;

/// <summary>
/// Passes on how much is done, at once. Not <see cref="Progress{T}"/>: that one reports on other threads, when the bar may be gone.
/// </summary>
internal sealed class WorkProgress(Action<long> report) : IProgress<int>, IProgress<long>
{
    public void Report(int value) => report(value);

    public void Report(long value) => report(value);
}
