namespace Shop;

/// <summary>What somebody orders.</summary>
internal sealed record Order(string Item, int Quantity);
