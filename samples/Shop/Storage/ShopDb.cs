using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Shop.Storage;

/// <summary>Products, orders and accounts.</summary>
internal sealed class ShopDb(DbContextOptions<ShopDb> options) : IdentityDbContext<Customer, IdentityRole<int>, int>(options)
{
    public DbSet<Product> Products => Set<Product>();

    public DbSet<Order> Orders => Set<Order>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<Product>().HasIndex(static product => product.Sku).IsUnique();
    }
}
