using System.Text;
using System.Text.Json.Nodes;

namespace MemoryTriggers.Decoding;

/// <summary>Results by size and type, arguments by value, personal data masked, values within bounds.</summary>
public sealed class ReadableLineTests
{
    private const string Prefix = "Workflow 'Place' completed successful in 12.5ms. ";

    [Theory]
    [InlineData("List<OrderLine>", "[1,2,3]", "Results: List of 3 OrderLine")]
    [InlineData("IReadOnlyList<Order?>", "[1]", "Results: List of 1 Order?")]
    [InlineData("OrderLine[]", "[1,2]", "Results: Array of 2 OrderLine")]
    [InlineData("IEnumerable<int>", "[1,\"[19 more items]\"]", "Results: List of 20 int")]
    [InlineData("HashSet<int>", "[1,2,\"[more items]\"]", "Results: HashSet of 2 or more int")]
    [InlineData("Dictionary<string, Order>", "{\"a\":1}", "Results: Dictionary of 1 Order")]
    [InlineData("(int, Order)", "[1,{}]", "Results: (int, Order)")]
    [InlineData("Order", "{\"Email\":\"a@b.de\"}", "Results: Order")]
    [InlineData("Order?", "{\"Email\":\"a@b.de\"}", "Results: Order")]
    [InlineData(null, "{\"Email\":\"a@b.de\",\"Count\":3}", "Results: object (Email, Count: 3)")]
    [InlineData(null, "[1]", "Results: 1 items")]
    [InlineData(null, "4.5", "Results: 4.5")]
    [InlineData(null, "true", "Results: true")]
    [InlineData(null, "\"done\"", "Results: done")]
    [InlineData(null, "\"bob@example.com\"", "Results: [email]")]
    [InlineData("OrderPage", "\"[not captured: OrderPage]\"", "Results: OrderPage")]
    public void Line_Result_IsNamed(string? type, string json, string expected)
    {
        var definition = Lines.Method("Shop", "Cashier", "Place") with { ResultType = type };

        Assert.Equal(Prefix + expected, Lines.Entry(definition, Lines.Record(result: JsonNode.Parse(json))).Content);
    }

    [Fact]
    public void Line_LongText_IsItsLength() => Assert.EndsWith(
        "Results: text of 101 characters",
        Lines.Entry(Lines.Method("Shop", "Cashier", "Place"), Lines.Record(result: new string('x', 101))).Content, StringComparison.Ordinal);

    [Fact]
    public void Line_TimeOrId_HasNoQuotes() => Assert.EndsWith(
        "Results: 2026-11-29T00:00:00Z",
        Lines.Entry(
            Lines.Method("Shop", "Cashier", "Place"),
            Lines.Record(result: JsonValue.Create(new DateTime(2026, 11, 29, 0, 0, 0, DateTimeKind.Utc)))).Content, StringComparison.Ordinal);

    [Fact]
    public void Line_Reference_HasTheWholeResult() => Assert.EndsWith(
        "Results: {\"Total\":3}",
        Lines.Entry(
            Lines.Method("Shop", "Cashier", "Place") with { ResultType = "Order" }, Lines.Record(result: new JsonObject { ["Total"] = 3 }),
            LineStyle.Reference).Content, StringComparison.Ordinal);

    [Theory]
    [InlineData("Placed {result}", "Placed Order")]
    [InlineData("Placed {result.Total} of {order}", "Placed 3 of List of 1 OrderLine")]
    public void Template_Object_IsItsType(string template, string expected)
    {
        var record = Lines.Record(result: new JsonObject { ["Total"] = 3, ["Email"] = "a@b.de" });
        record.Arguments[0] = new JsonArray(1);
        var definition = Lines.Method("Shop", "Cashier", "Place") with
        {
            Content = template, ResultType = "Order", Parameters = ["order"], ParameterTypes = ["List<OrderLine>"],
        };

        Assert.Equal(expected, Lines.Entry(definition, record).Content);
    }

    [Fact]
    public void Line_CapturedArguments_AreFoundByTheirValues()
    {
        var record = Lines.Record();
        record.Arguments[0] = 7;
        record.Arguments[1] = "how-to-train";
        record.Arguments[2] = new JsonObject { ["CustomerId"] = 12, ["Email"] = "bob@example.com", ["Name"] = "Bob" };
        record.Arguments[3] = "[sensitive]";
        record.Arguments[4] = "bob@example.com";
        var definition = Lines.Method("Shop", "Cashier", "Place") with
        {
            CaptureArguments = true, Parameters = ["id", "slug", "request", "password", "from"],
        };

        Assert.Equal(
            Prefix + "Arguments: id: 7, slug: how-to-train, request.CustomerId: 12, from: [email]", Lines.Entry(definition, record).Content);
        Assert.Equal(
            "Placed 7 (slug: how-to-train, request.CustomerId: 12, from: [email])",
            Lines.Entry(definition with { Content = "Placed {id}" }, record).Content);
    }

    [Fact]
    public void Line_NotMasked_WhenSwitchedOff()
    {
        var composer = new MemoryComposer(null, new LineOptions { MaskPersonalData = false });

        Assert.EndsWith("Results: bob@example.com",
            composer.Compose(Lines.Record(result: "bob@example.com"), Lines.Method("Shop", "Cashier", "Place")).Content, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(256)]
    [InlineData(1_000)]
    [InlineData(4_096)]
    public void Value_LargeResult_IsCutAndMarked(int bound)
    {
        var lines = new JsonArray();
        for (var index = 0; index < 50; index++) lines.Add(new JsonObject { ["Name"] = new string('n', 500), ["Parts"] = new JsonArray(1, 2, 3) });
        var record = Lines.Record(result: new JsonObject { ["Id"] = 7, ["Lines"] = lines, ["After"] = 1 });

        var value = new MemoryComposer(null, new LineOptions { MaxObjectBytes = bound })
            .Compose(record, Lines.Method("Shop", "Cashier", "Place")).Value;

        var result = value.GetProperty("result");
        Assert.InRange(Encoding.UTF8.GetByteCount(result.GetRawText()), 1, bound);
        Assert.Equal(7, result.GetProperty("Id").GetInt32());
        Assert.Contains("[cut: ", result.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Value_SmallResult_IsWhole()
    {
        var value = Lines.Entry(Lines.Method("Shop", "Cashier", "Place"), Lines.Record(result: new JsonObject { ["Id"] = 7, ["Name"] = "ünï" })).Value;

        Assert.Equal("{\"Id\":7,\"Name\":\"ünï\"}", value.GetProperty("result").GetRawText());
    }
}
