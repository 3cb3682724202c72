namespace MemoryTriggers.AspNetCore.Tests.Requests;

/// <summary>A decorated method that fails, with a secret in its message.</summary>
internal static class Cashier
{
    [WorkflowMemoryTrigger]
    public static string Pay([Sensitive] string card) => throw new InvalidOperationException($"the card {card} is refused");
}
