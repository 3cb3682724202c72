namespace MemoryTriggers.Shop.Tests.Questions;

/// <summary>Twenty questions about the day of the script. They were written before the first memories were seen; do not bend them.</summary>
internal static class OnCallQuestions
{
    public static IReadOnlyList<OnCallQuestion> All { get; } =
    [
        Failed("why do orders fail?", "SupplierUnavailableException", "supplier north cannot reserve"),
        Done("what did we change about the supplier?", "switched to supplier south"),
        Slow("which endpoint is slow?", "GET /reports/"),
        Failed("what happened to customer 17's order?", "customer 17 was declined", "card has expired"),
        Failed("why was a payment declined?", "PaymentDeclinedException", "card has expired"),
        Failed("why do the invoices not go out?", "has no billing address"),
        Done("were the invoices sent in the end?", "Sent ", "invoices"),
        Failed("what is wrong with the coupon FREE100?", "Coupon FREE100 makes the total negative"),
        Done("what did we do about the coupon?", "Withdrew the coupon FREE100"),
        Failed("why is there no price in CHF?", "There is no exchange rate for CHF"),
        Failed("which year's report cannot be read?", "The ledger of 2015 is not readable"),
        Failed("why could the green tea not be added to the catalog?", "UNIQUE constraint failed", "Products.Sku"),
        Failed("why was the order for 500 bags of coffee refused?", "500 coffee do not fit into one parcel"),
        Done("what are we running low on?", "Counted the stock: low on cocoa"),
        new("is the northern supplier down?", "supplier north cannot reserve, or its answer 503", static entry =>
            entry.Outcome == TriggerOutcome.Failure
            && (Has(entry, ["supplier north cannot reserve"]) || Has(entry, ["/suppliers/north/", "503"]))),
        Done("what fixed the failing orders?", "switched to supplier south"),
        Done("what did customer 3 order?", "Customer 3 ordered"),
        new("how long does the sales report take?", "the time of GET /reports/ or of its query", static entry =>
            Has(entry, ["GET /reports/", "took"]) || Has(entry, ["SalesQuery", "completed in"])),
        Failed("what went wrong when saving to the database?", "UNIQUE constraint failed"),
        new("when was the shop restarted?", "host start", static entry => entry.Key == "host start"),
    ];

    private static OnCallQuestion Failed(string text, params string[] answer) =>
        new(text, string.Join(" … ", answer), entry => entry.Outcome == TriggerOutcome.Failure && Has(entry, answer));

    private static OnCallQuestion Done(string text, params string[] answer) =>
        new(text, string.Join(" … ", answer), entry => entry.Outcome == TriggerOutcome.Success && Has(entry, answer));

    private static OnCallQuestion Slow(string text, params string[] answer) =>
        new(text, string.Join(" … ", answer), entry => entry.Tags.Contains("slow") && Has(entry, answer));

    private static bool Has(MemoryEntry entry, string[] words) =>
        words.All(word => entry.Content.Contains(word, StringComparison.Ordinal));
}
