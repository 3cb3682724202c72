using MemoryTriggers.Benchmarks.Capture;

namespace MemoryTriggers.Benchmarks.AspNetCore;

/// <summary>One way to have a request answered, and what it took.</summary>
/// <param name="name">Its line in the table.</param>
/// <param name="isCapturing">Whether our runtime is on while it is measured.</param>
/// <param name="send">Has so many requests answered.</param>
internal sealed class RequestVariant(string name, bool isCapturing, Action<int> send)
{
    public string Name { get; } = name;

    public Measurement Measured { get; } = new();

    public void WarmUp(DrainedJournal journal, int count) => During(journal, () => send(count));

    // What the turn before has left behind, in caches and on the disk, is not to be counted here.
    public void Round(DrainedJournal journal, int count) => During(journal, () =>
    {
        send(count / 2);
        Measured.Round(send, count);
    });

    private void During(DrainedJournal journal, Action turn)
    {
        if (isCapturing) journal.During(turn);
        else turn();
    }
}
