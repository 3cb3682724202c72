using static System.Net.HttpStatusCode;

namespace MemoryTriggers.Shop.Tests.Script;

/// <summary>
/// A day in the shop: 500 requests one after the other, the same on every run. Much goes wrong in the morning and is mended; the shop is
/// restarted at noon, which undoes one of the repairs.
/// </summary>
internal sealed class Day(Caller caller)
{
    public const int Requests = 500;
    private const int Noon = 300;
    private const int Customers = 17;

    private readonly Person _operator = Person.Operator();

    // Customer 9 has given no address, and the card of customer 17 has expired.
    private readonly List<Person> _customers = [.. Enumerable.Range(2, Customers - 1).Select(static id => Person.Customer(id, id == Customers))];

    public IEnumerable<Person> People => [_operator, .. _customers];

    private Person Customer(int id) => _customers[id - 2];

    public async Task MorningAsync()
    {
        await OpenAsync();
        await RefuseAsync();
        await SellFromNorthAsync();
        await FailAsync();
        await MendAsync();
        await BrowseUntilAsync(Noon);
    }

    public async Task AfternoonAsync()
    {
        foreach (var person in People) await caller.LogInAsync(person);

        // After the restart the shop orders from the north again, which refuses every second order.
        for (var id = 2; id <= 5; id++) await OrderAsync(Customer(id), "coffee", id, id % 2 == 0);
        await caller.PutAsync(_operator, "/supplier/south", null, OK);
        for (var id = 2; id <= 13; id++) await OrderAsync(Customer(id), "coffee", id, isTaken: true);
        await caller.GetAsync(null, "/reports/2026");
        await caller.PostAsync(_operator, "/invoices", null, OK);
        await BrowseUntilAsync(Requests);
    }

    private async Task OpenAsync()
    {
        await caller.LogInAsync(_operator);
        foreach (var person in _customers)
        {
            await caller.PostAsync(null, "/account/register", new { person.Email, person.Password }, OK);
            await caller.LogInAsync(person);
            if (person.Id != 9) await caller.PutAsync(person, "/account/address", new { person.Address }, NoContent);
        }

        await caller.PostAsync(_operator, "/stock/counts", null, OK);
        await caller.PostAsync(_operator, "/products", new { Sku = "MAT-1", Name = "matcha", Price = 12 }, Created);
    }

    /// <summary>Requests that the shop refuses, rightly.</summary>
    private async Task RefuseAsync()
    {
        var (ann, ben) = (Customer(2), Customer(3));
        await caller.PostAsync(null, "/account/register", new { Email = "short@mail.example", Password = "short" }, BadRequest);
        await caller.PostAsync(null, "/account/register", new { ann.Email, ann.Password }, BadRequest);
        for (var attempt = 0; attempt < 3; attempt++)
            await caller.PostAsync(null, "/account/login", new { ben.Email, Password = "Wrong-Kettle-1!" }, Unauthorized);
        await caller.PostAsync(null, "/orders", new { Item = "tea", Quantity = 1, ann.Card }, Unauthorized);
        await caller.PostAsync(ann, "/products", new { Sku = "MAT-2", Name = "sencha", Price = 9 }, Forbidden);
        await caller.PostAsync(_operator, "/products", new { Sku = "M", Name = "sencha", Price = 9 }, BadRequest);
        await caller.PostAsync(ann, "/orders", new { Item = "tea", Quantity = 0, ann.Card }, BadRequest);
        await caller.GetAsync(ann, "/orders/4711", NotFound);
        await caller.GetAsync(null, "/products/99/price", NotFound);
    }

    private async Task SellFromNorthAsync()
    {
        var isTaken = true;
        for (var round = 0; round < 2; round++)
        {
            foreach (var person in _customers.SkipLast(1))
            {
                await OrderAsync(person, round == 0 ? "tea" : "cocoa", person.Id, isTaken);
                isTaken = !isTaken;
            }
        }

        await caller.GetAsync(Customer(3), "/orders/1", Forbidden);
        await caller.GetAsync(Customer(2), "/orders/1");
    }

    /// <summary>What is wrong in the shop: cards, parcels, coupons, ledgers, currencies, products, addresses.</summary>
    private async Task FailAsync()
    {
        for (var attempt = 0; attempt < 2; attempt++)
        {
            await OrderAsync(Customer(17), "tea", 1, PaymentRequired);
            await OrderAsync(Customer(4), "coffee", 500, isTaken: false);
            await OrderAsync(Customer(5 + attempt), "tea", 2, isTaken: false, "FREE100");
            await caller.GetAsync(null, "/reports/2015", InternalServerError);
            await caller.GetAsync(null, "/reports/2026");
            await caller.GetAsync(null, "/products/1/price?currency=CHF", InternalServerError);
            await caller.PostAsync(_operator, "/products", new { Sku = "TEA-1", Name = "green tea", Price = 5 }, InternalServerError);
            await caller.PostAsync(_operator, "/invoices", null, InternalServerError);
        }
    }

    private async Task MendAsync()
    {
        await caller.PutAsync(_operator, "/supplier/south", null, OK);
        for (var id = 2; id <= 13; id++) await OrderAsync(Customer(id), "cocoa", id, isTaken: true);
        await caller.DeleteAsync(_operator, "/coupons/FREE100", OK);
        await OrderAsync(Customer(5), "tea", 2, isTaken: true, "FREE100");
        await OrderAsync(Customer(6), "tea", 2, isTaken: true, "SPRING");
        await caller.PutAsync(Customer(9), "/account/address", new { Customer(9).Address }, NoContent);
        await caller.PostAsync(_operator, "/invoices", null, OK);
    }

    private async Task BrowseUntilAsync(int requests)
    {
        while (caller.Requests < requests)
        {
            var number = caller.Requests;
            if (number % 3 == 0) await caller.GetAsync(null, "/products");
            else await caller.GetAsync(null, $"/products/{number % 3}/price?currency={(number % 2 == 0 ? "USD" : "EUR")}");
        }
    }

    private Task OrderAsync(Person person, string item, int quantity, bool isTaken, string? coupon = null) =>
        OrderAsync(person, item, quantity, isTaken ? Created : InternalServerError, coupon);

    private Task OrderAsync(Person person, string item, int quantity, System.Net.HttpStatusCode expected, string? coupon = null) =>
        caller.PostAsync(person, "/orders", new { item, quantity, person.Card, coupon }, expected);
}
