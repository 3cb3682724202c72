namespace Shop.Storage;

/// <summary>What a customer ordered.</summary>
internal sealed class Order
{
    public int Id { get; set; }

    public int CustomerId { get; set; }

    public required string Item { get; set; }

    public int Quantity { get; set; }

    public bool Invoiced { get; set; }
}
