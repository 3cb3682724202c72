namespace Shop.Features.Accounts;

/// <summary>The account of the person who runs the sample. A shop that is not a sample creates it by hand.</summary>
internal static class Operator
{
    public const string Role = "operator";
    public const string Email = "operator@shop.example";
    public const string Password = "Sample-Operator-1";
}
