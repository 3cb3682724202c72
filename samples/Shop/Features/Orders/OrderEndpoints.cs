using System.Security.Claims;
using Shop.Features.Accounts;
using Shop.Storage;

namespace Shop.Features.Orders;

/// <summary>What customers do with orders, and operators with coupons.</summary>
internal static class OrderEndpoints
{
    public static IServiceCollection AddOrders(this IServiceCollection services) =>
        services.AddSingleton<CouponBook>().AddScoped<OrderDesk>();

    public static void MapOrders(this WebApplication app)
    {
        app.MapPost("/orders", PlaceAsync).RequireAuthorization();
        app.MapGet("/orders/{id:int}", ReadAsync).RequireAuthorization();
        app.MapDelete("/coupons/{coupon}", static (string coupon, CouponBook coupons) => coupons.Withdraw(coupon))
            .RequireAuthorization(Operator.Role);
    }

    private static async Task<IResult> PlaceAsync(NewOrder order, ClaimsPrincipal user, OrderDesk desk, CancellationToken token)
    {
        if (order.Quantity < 1) return Results.ValidationProblem(new Dictionary<string, string[]> { ["quantity"] = ["At least one."] });
        try
        {
            return Results.Created((string?)null, new { Number = await desk.PlaceAsync(user.CustomerId(), order, token) });
        }
        catch (PaymentDeclinedException exception)
        {
            return Results.Problem(exception.Message, statusCode: StatusCodes.Status402PaymentRequired);
        }
    }

    private static async Task<IResult> ReadAsync(int id, ClaimsPrincipal user, ShopDb db, CancellationToken token) =>
        await db.Orders.FindAsync([id], token) switch
        {
            null => Results.NotFound(),
            { } order when order.CustomerId != user.CustomerId() => Results.Forbid(),
            { } order => Results.Ok(new { order.Id, order.Item, order.Quantity }),
        };
}
