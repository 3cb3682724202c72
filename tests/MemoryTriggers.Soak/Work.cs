namespace MemoryTriggers.Soak;

/// <summary>The decorated program: every kind of capture, each in another lane, each carrying its number.</summary>
internal sealed class Work
{
    private const int Kinds = 5;

    public async Task DoAsync(int number)
    {
        switch (number % Kinds)
        {
            case 0: Add(number); break;
            case 1: await AddLaterAsync(number); break;
            case 2:
                await using (var scope = TriggerScope.Agent("scope", agentType: "soak")) scope.AddMetadata("number", number);
                break;
            default:
                try
                {
                    if (number % Kinds == 3) Fail(number);
                    else FailInside(number);
                }
                catch (InvalidOperationException)
                {
                    // As asked; that it failed is what is remembered.
                }

                break;
        }
    }

    [WorkflowMemoryTrigger(CaptureArguments = true, Priority = TriggerPriority.Medium)]
    private int Add(int number) => number + 1;

    [KnowledgeMemoryTrigger("late", CaptureArguments = true, Priority = TriggerPriority.Low)]
    private async Task<int> AddLaterAsync(int number)
    {
        await Task.Yield();
        return number + 1;
    }

    [ErrorMemoryTrigger("soak", CaptureArguments = true, Priority = TriggerPriority.Critical)]
    private void Fail(int number) => throw new InvalidOperationException($"{number} fails");

    // One failure of two operations: a memory of its own would be one too many.
    [WorkflowMemoryTrigger(CaptureArguments = true, Priority = TriggerPriority.Medium)]
    private void FailInside(int number) => Fail(number);
}
