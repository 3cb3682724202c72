namespace Shop.Storage;

/// <summary>What the shop sells.</summary>
internal sealed class Product
{
    public int Id { get; set; }

    /// <summary>The number on the shelf, unique.</summary>
    public required string Sku { get; set; }

    public required string Name { get; set; }

    public decimal Price { get; set; }

    public int InStock { get; set; }
}
