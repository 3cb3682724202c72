namespace MemoryTriggers.AspNetCore.Tests.Requests;

/// <summary>Decorated methods that fail.</summary>
internal static class Cashier
{
    /// <summary>Has a secret in its message.</summary>
    [WorkflowMemoryTrigger]
    public static string Pay([Sensitive] string card) => throw new InvalidOperationException($"the card {card} is refused");

    /// <summary>Every second number is one too many.</summary>
    [WorkflowMemoryTrigger(CaptureArguments = true)]
    public static async Task<int> CountAsync(int number)
    {
        await Task.Yield();
        return number % 2 == 0 ? number : throw new InvalidOperationException("odd");
    }
}
