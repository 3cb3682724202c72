using System.ComponentModel.DataAnnotations;
using Mediator;
using MemoryTriggers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Shop.Features.Accounts;
using Shop.Storage;

namespace Shop.Features.Catalog;

/// <summary>The catalog.</summary>
[ApiController]
[Route("products")]
public sealed class ProductsController(ISender sender, IServiceProvider services) : ControllerBase
{
    private ShopDb Db => services.GetRequiredService<ShopDb>();

    [HttpGet]
    public async Task<IEnumerable<string>> ListAsync(CancellationToken token) =>
        await Db.Products.OrderBy(static product => product.Name).Select(static product => product.Name).ToListAsync(token);

    [HttpGet("{id:int}/price")]
    public async Task<ActionResult<decimal>> PriceAsync(int id, CancellationToken token, string currency = "EUR") =>
        await sender.Send(new PriceQuery(id, currency), token) is { } price ? price : NotFound();

    [HttpPost]
    [Authorize(Operator.Role)]
    [WorkflowMemoryTrigger(WorkflowType = "catalog", CaptureArguments = true, CaptureResult = false,
        Content = "Added {product.Name} ({product.Sku}) to the catalog")]
    public async Task<ActionResult> AddAsync(NewProduct product, CancellationToken token)
    {
        Db.Products.Add(new() { Sku = product.Sku, Name = product.Name, Price = product.Price });
        await Db.SaveChangesAsync(token);
        return Created();
    }

    /// <summary>A product that an operator adds.</summary>
    public sealed record NewProduct([Required, MinLength(3)] string Sku, [Required] string Name, [Range(0.01, 10_000)] decimal Price);
}
