using MemoryTriggers;
using Microsoft.EntityFrameworkCore;
using Shop.Storage;

namespace Shop.Features.Stock;

/// <summary>Counts the stock.</summary>
internal sealed class StockCount(ShopDb db)
{
    private const int Low = 10;

    /// <returns>What has to be bought.</returns>
    [KnowledgeMemoryTrigger("stock", Content = "Counted the stock: low on {result}")]
    public async Task<string> CountAsync(CancellationToken cancellationToken) =>
        string.Join(
            ", ",
            await db.Products.Where(static product => product.InStock < Low).Select(static product => product.Name).ToListAsync(cancellationToken));
}
