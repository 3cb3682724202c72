using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Shop.Storage;

namespace Shop.Features.Accounts;

/// <summary>Register, log in, and the address for invoices.</summary>
internal static class AccountEndpoints
{
    public static void AddAccounts(this WebApplicationBuilder builder)
    {
        builder.Services.AddIdentityApiEndpoints<Customer>().AddRoles<IdentityRole<int>>().AddEntityFrameworkStores<ShopDb>();
        builder.Services.AddAuthorizationBuilder().AddPolicy(Operator.Role, static policy => policy.RequireRole(Operator.Role));
    }

    public static void MapAccounts(this WebApplication app)
    {
        var account = app.MapGroup("/account");
        account.MapIdentityApi<Customer>();
        account.MapPut("/address", SetAddressAsync).RequireAuthorization();
    }

    /// <summary>The number of the customer who is logged in.</summary>
    public static int CustomerId(this ClaimsPrincipal user) => int.Parse(user.FindFirstValue(ClaimTypes.NameIdentifier)!, null);

    private static async Task<IResult> SetAddressAsync(NewAddress address, ClaimsPrincipal user, ShopDb db, CancellationToken token)
    {
        var customer = await db.Users.FindAsync([user.CustomerId()], token);
        if (customer is null) return Results.NotFound();
        customer.Address = address.Address;
        await db.SaveChangesAsync(token);
        return Results.NoContent();
    }

    private sealed record NewAddress(string Address);
}
