namespace Shop.Features.Orders;

/// <summary>The card was not accepted.</summary>
internal sealed class PaymentDeclinedException(int customer, string reason)
    : Exception($"The payment of customer {customer} was declined: {reason}");
