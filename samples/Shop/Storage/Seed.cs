using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Shop.Features.Accounts;

namespace Shop.Storage;

/// <summary>What a new shop begins with: three products and an operator, who is customer 1.</summary>
internal static class Seed
{
    public static async Task RunAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ShopDb>();
        await db.Database.EnsureCreatedAsync();
        if (await db.Products.AnyAsync()) return;

        await scope.ServiceProvider.GetRequiredService<RoleManager<IdentityRole<int>>>().CreateAsync(new(Operator.Role));
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Customer>>();
        var customer = new Customer { UserName = Operator.Email, Email = Operator.Email };
        await users.CreateAsync(customer, Operator.Password);
        await users.AddToRoleAsync(customer, Operator.Role);

        db.Products.AddRange(
            new() { Sku = "TEA-1", Name = "tea", Price = 4, InStock = 900 },
            new() { Sku = "COF-1", Name = "coffee", Price = 7, InStock = 900 },
            new() { Sku = "COC-1", Name = "cocoa", Price = 5, InStock = 3 });
        await db.SaveChangesAsync();
    }
}
