namespace MemoryTriggers.Victim;

internal sealed class Work
{
    [WorkflowMemoryTrigger(CaptureArguments = true)]
    public int Add(int number) => number + 1;

    [ErrorMemoryTrigger("late", CaptureArguments = true)]
    public async Task<int> AddLaterAsync(int number)
    {
        await Task.Yield();
        return number + 1;
    }
}
