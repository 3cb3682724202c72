using System.Text.Json.Nodes;
using MemoryTriggers.Capture;

namespace MemoryTriggers.Decoding;

/// <summary>A failure reads as one, and a template keeps its text.</summary>
public sealed class FailureContentTests
{
    [Theory]
    [InlineData("Order {id} placed", "Order 7 placed - failed: PaymentException: no funds (Code: E42)")]
    [InlineData("Order {id}: {result.Count} lines", "Order 7: ? lines - failed: PaymentException: no funds (Code: E42)")]
    [InlineData("Order {id}: {error}", "Order 7: PaymentException: no funds (Code: E42)")]
    [InlineData("Order {id}: {error.Message}", "Order 7: no funds")]
    [InlineData("{error.Type} {error.Code} {error.Nothing}", "PaymentException E42 ? - failed: PaymentException: no funds (Code: E42)")]
    [InlineData("{{{id}}} {nobody}", "{7} {nobody} - failed: PaymentException: no funds (Code: E42)")]
    public void Template_Failure_KeepsItsText(string template, string expected)
    {
        var record = Lines.Failed("Shop.PaymentException", "no funds", new JsonObject { ["Code"] = "E42" });
        record.Arguments[0] = 7;
        var definition = Lines.Method("Shop", "Cashier", "Place") with { Content = template, Parameters = ["id"] };

        Assert.Equal(expected, Lines.Entry(definition, record).Content);
    }

    [Theory]
    [InlineData(TriggerOutcome.Canceled, "Order placed - was canceled")]
    [InlineData(TriggerOutcome.Abandoned, "Order placed - was abandoned after 0 items")]
    [InlineData(TriggerOutcome.Success, "Order placed")]
    public void Template_OtherOutcome_IsSaid(TriggerOutcome outcome, string expected) =>
        Assert.Equal(expected, Lines.Entry(Lines.Method("Shop", "Cashier", "Place") with { Content = "Order placed" }, Lines.Record(outcome)).Content);

    [Fact]
    public void Template_SuccessWithError_IsEmptyThere() => Assert.Equal(
        "Placed []", Lines.Entry(Lines.Method("Shop", "Cashier", "Place") with { Content = "Placed [{error.Code}{error}]" }, Lines.Record()).Content);

    [Theory]
    [InlineData(TriggerType.WorkflowCompletion, "Workflow 'Shop.Cashier.Place' (type: order) failed: IOException: disk full")]
    [InlineData(TriggerType.AgentOperation, "Agent operation 'Shop.Cashier.Place' of order failed: IOException: disk full")]
    [InlineData(TriggerType.ErrorResolution, "Handling of error order in 'Shop.Cashier.Place' failed: IOException: disk full")]
    public void Plain_Failure_ReadsAsOne(TriggerType type, string expected)
    {
        var definition = Lines.Method("Shop", "Cashier", "Place", each: false) with { Type = type, Subject = "order" };

        Assert.Equal(expected, Lines.Entry(definition, Lines.Failed("System.IO.IOException", "disk full")).Content);
    }

    [Theory]
    [InlineData(401, TriggerOutcome.Success, "Workflow 'place order' answered 401 in 12.5ms")]
    [InlineData(200, TriggerOutcome.Success, "Workflow 'place order' completed in 12.5ms")]
    [InlineData(503, TriggerOutcome.Failure, "Workflow 'place order' failed: answered 503")]
    public void Endpoint_Status_IsNoSuccessfulCompletion(int status, TriggerOutcome outcome, string expected)
    {
        var record = Lines.Record(outcome);
        record.Metadata["status"] = status;
        var definition = new TriggerDefinition
        {
            Type = TriggerType.WorkflowCompletion, Operation = "place order", Tags = ["http"], RememberEach = false,
        };

        Assert.Equal(expected, Lines.Entry(definition, record).Content);
    }

    [Fact]
    public void Line_ExceptionWithoutAMessage_ShowsItsMembers()
    {
        var record = Lines.Failed(
            "Shop.RuleException", "Exception of type 'Shop.RuleException' was thrown.",
            new JsonObject
            {
                ["Errors"] = new JsonObject { ["Email"] = new JsonArray("must be unique") }, ["StatusCode"] = 422, ["Retries"] = 0,
                ["Inner"] = null,
            });

        Assert.Equal(
            "Workflow 'Shop.Cashier.Place' failed: RuleException (Errors: Email: [must be unique], StatusCode: 422)",
            Lines.Entry(Lines.Method("Shop", "Cashier", "Place", each: false), record).Content);
    }
}
