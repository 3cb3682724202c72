namespace MemoryTriggers.Generators.Wrappers;

/// <summary>What tells operations apart, and what names their values, is known at compile time.</summary>
public sealed class OperationNamesTests
{
    private const string Types =
        "namespace Shop { record CreateOrder(int Id); class Feature { public record Command(int Id); } class Order { } " +
        "interface IContext<T> { } ";

    [Theory]
    [InlineData("int Handle(CreateOrder request)", "CreateOrder")]
    [InlineData("Task HandleAsync(Feature.Command request, System.Threading.CancellationToken token)", "Feature.Command")]
    [InlineData("void Consume(IContext<CreateOrder> context)", "IContext<CreateOrder>")]
    [InlineData("void Consume(List<CreateOrder> orders)", "CreateOrder")]
    public async Task Generate_GeneralName_HasTheMessage(string method, string message) =>
        Assert.Contains($"MessageType = \"{message}\",", await TextAsync(method), StringComparison.Ordinal);

    [Theory]
    [InlineData("int Handle(int id)")]
    [InlineData("int Handle(string text)")]
    [InlineData("int Handle(System.Threading.CancellationToken token)")]
    [InlineData("int Handle<T>(T request)")]
    [InlineData("int Handle()")]
    [InlineData("int Place(CreateOrder request)")]
    public async Task Generate_OtherMethod_HasNoMessage(string method) =>
        Assert.DoesNotContain("MessageType", await TextAsync(method), StringComparison.Ordinal);

    [Fact]
    public async Task Generate_NestedType_HasTheTypesAroundIt()
    {
        var text = await GeneratorTest.WrapperAsync(
            "namespace Shop.Orders { class Details { class Handler<T> { [WorkflowMemoryTrigger] void Place() { } } } }");

        Assert.Contains("TypeName = \"Details.Handler<T>\",", text, StringComparison.Ordinal);
        Assert.Contains("DeclaringType = \"Shop.Orders.Details.Handler<T>\",", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("List<Order>", "List<Order>")]
    [InlineData("Task<IReadOnlyList<Order>>", "IReadOnlyList<Order>")]
    [InlineData("Order?", "Order")]
    [InlineData("Order[]", "Order[]")]
    [InlineData("int", null)]
    [InlineData("string", null)]
    [InlineData("object", null)]
    [InlineData("DayOfWeek", null)]
    [InlineData("void", null)]
    public async Task Generate_Result_HasItsType(string type, string? expected)
    {
        var text = await TextAsync($"{type} Find()");

        if (expected is null) Assert.DoesNotContain("ResultType", text, StringComparison.Ordinal);
        else Assert.Contains($"ResultType = \"{expected}\",", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "ParameterTypes")]
    [InlineData("(Content = \"{order}\")", null)]
    [InlineData("(CaptureArguments = true)", null)]
    public async Task Generate_CapturedParameters_HaveTheirTypes(string settings, string? absent)
    {
        var text = await GeneratorTest.WrapperAsync(
            $"{Types} class C {{ [WorkflowMemoryTrigger{settings}] void M(int id, Order order) {{ }} }} }}");

        if (absent is null) Assert.Contains("ParameterTypes = new string[] { \"\", \"Order\" },", text, StringComparison.Ordinal);
        else Assert.DoesNotContain(absent, text, StringComparison.Ordinal);
    }

    private static Task<string> TextAsync(string method) =>
        GeneratorTest.WrapperAsync($"{Types} abstract class C {{ [WorkflowMemoryTrigger] {method} {{ throw null!; }} }} }}");
}
