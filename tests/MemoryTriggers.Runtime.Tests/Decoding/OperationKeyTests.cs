namespace MemoryTriggers.Decoding;

/// <summary>Key and line tell operations apart: namespace, enclosing types, message.</summary>
public sealed class OperationKeyTests
{
    [Theory]
    [InlineData("Shop.Orders", "QueryHandler", "Shop.Users", "QueryHandler")]
    [InlineData("Shop.V1", "QueryHandler", "Billing.V1", "QueryHandler")]
    [InlineData("Shop", "Orders.QueryHandler", "Shop", "Users.QueryHandler")]
    [InlineData("Shop", "Handler<T>", "Shop", "Handler<T, U>")]
    public void Key_TypesOfOneName_Differ(string space, string type, string otherSpace, string otherType)
    {
        var one = Lines.Entry(Lines.Method(space, type, "Handle"), Lines.Record());
        var other = Lines.Entry(Lines.Method(otherSpace, otherType, "Handle"), Lines.Record());

        Assert.NotEqual(one.Key, other.Key);
    }

    [Fact]
    public void Key_HasEnclosingTypesAndMessage()
    {
        var entry = Lines.Entry(Lines.Method("Shop.Features", "Orders.Handler", "Handle", message: "CreateOrder"), Lines.Record());

        Assert.Equal("Shop.Features.Orders.Handler.Handle(CreateOrder)", entry.Key);
    }

    [Theory]
    [InlineData(true, "Handle", LineStyle.Auto, "Workflow 'Features.Orders.Handler.Handle' completed successful in 12.5ms")]
    [InlineData(true, "Place", LineStyle.Auto, "Workflow 'Place' completed successful in 12.5ms")]
    [InlineData(true, "Handle", LineStyle.Reference, "Workflow 'Handle' completed successful in 12.5ms")]
    [InlineData(false, "Place", LineStyle.Auto, "Workflow 'Features.Orders.Handler.Place' completed in 12.5ms")]
    [InlineData(false, "Place", LineStyle.Reference, "Workflow 'Place' completed successful in 12.5ms")]
    [InlineData(true, "Place", LineStyle.Plain, "Workflow 'Features.Orders.Handler.Place' completed in 12.5ms")]
    public void Line_NamesTheOperation(bool each, string operation, LineStyle style, string expected) =>
        Assert.Equal(expected, Lines.Entry(Lines.Method("Shop.Features", "Orders.Handler", operation, each), Lines.Record(), style).Content);
}
