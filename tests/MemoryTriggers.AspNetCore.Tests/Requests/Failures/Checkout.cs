namespace MemoryTriggers.AspNetCore.Tests.Requests.Failures;

/// <summary>Decorated methods that call each other and fail.</summary>
internal static class Checkout
{
    [WorkflowMemoryTrigger(CaptureArguments = true)]
    public static async Task<string> PlaceAsync(int order)
    {
        await CheckAsync(order);
        return await ChargeAsync(order);
    }

    /// <summary>Catches what its inner method throws, and wraps it.</summary>
    [WorkflowMemoryTrigger]
    public static async Task<string> WrapAsync()
    {
        try
        {
            return await ChargeAsync(1);
        }
        catch (InvalidOperationException exception)
        {
            throw new NotSupportedException("the order is refused", exception);
        }
    }

    [WorkflowMemoryTrigger]
    public static async Task<string> ChargeAsync(int order)
    {
        await Task.Yield();
        throw new InvalidOperationException($"no funds for the order {order}");
    }

    [WorkflowMemoryTrigger]
    public static async Task CheckAsync(int order)
    {
        await Task.Yield();
        _ = order;
    }
}
