namespace Shop.Features.Suppliers;

/// <summary>A supplier did not deliver.</summary>
internal sealed class SupplierUnavailableException(string supplier, string item, Exception inner)
    : Exception($"supplier {supplier} cannot reserve {item}", inner);
