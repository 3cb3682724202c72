using System.Text.Json.Nodes;
using MemoryTriggers.Capture;

namespace MemoryTriggers.Decoding;

public sealed class ContentTests
{
    [Theory]
    [InlineData(TriggerType.WorkflowCompletion, "push", "Workflow 'op' completed successful in 12.5ms (type: push). Results: done")]
    [InlineData(TriggerType.WorkflowCompletion, null, "Workflow 'op' completed successful in 12.5ms. Results: done")]
    [InlineData(TriggerType.AgentOperation, "qa", "Agent operation completed: qa - op (Duration: 12.5ms). Results: done")]
    [InlineData(TriggerType.AgentOperation, null, "Agent operation completed: unknown - op (Duration: 12.5ms). Results: done")]
    [InlineData(TriggerType.IssueResolution, "ISS-1", "Issue resolved: ISS-1 - op. Resolution: done")]
    [InlineData(TriggerType.ErrorResolution, "db", "Error resolution: db - op. Solution: done")]
    [InlineData(TriggerType.ProjectMilestone, "1.0", "Project milestone reached: 1.0 - op. Description: done")]
    [InlineData(TriggerType.KnowledgeCapture, null, "Knowledge captured: general - op. Content: done")]
    [InlineData(TriggerType.PatternDetection, "storm", "Pattern detected: storm - op. Description: done")]
    [InlineData(TriggerType.DecisionPoint, "architecture", "Decision point: architecture - op. Rationale: done")]
    public void Compose_SuccessOfEachType_HasItsWording(TriggerType type, string? subject, string expected) =>
        Assert.Equal(expected, ContentLine.Compose(Definition(type), "op", subject, Record(TriggerOutcome.Success), LineStyle.Auto));

    [Fact]
    public void Compose_Failure_SaysWhyOnOneLine()
    {
        var record = Record(TriggerOutcome.Failure);
        record.Exceptions.Add(new CapturedException("System.InvalidOperationException", "first\nsecond", ""));
        record.Exceptions.Add(new CapturedException("System.IO.IOException", "cause", ""));

        Assert.Equal(
            "Workflow 'op' completed failed (type: push). Error: InvalidOperationException: first second <- IOException: cause",
            ContentLine.Compose(Definition(TriggerType.WorkflowCompletion), "op", "push", record, LineStyle.Auto));
    }

    [Theory]
    [InlineData("Pushed {branch}: {result}", "Pushed main: done")]
    [InlineData("{branch.Length} {branch.Missing}", "4 {branch.Missing}")]
    [InlineData("{items.Count} of {{braces}}", "3 of {braces}")]
    [InlineData("{operation} {project} {duration}", "op shop 12.5ms")]
    [InlineData("{unknown} {", "{unknown} {")]
    [InlineData("{receipt.Total}", "9.5")]
    public void Fill_Template_PutsValuesIn(string template, string expected)
    {
        var record = Record(TriggerOutcome.Success);
        record.Arguments[0] = "main";
        record.Arguments[1] = new JsonArray(1, 2, 3);
        record.Arguments[2] = new JsonObject { ["Total"] = 9.5 };
        var definition = new TriggerDefinition { Type = TriggerType.WorkflowCompletion, Operation = "op", Project = "shop", Parameters = ["branch", "items", "receipt"] };

        Assert.Equal(expected, new ContentTemplate(template, definition, record, new LineOptions()).Fill());
    }

    [Fact]
    public void Definition_WrittenAndRead_IsTheSame()
    {
        var definition = new TriggerDefinition
        {
            Type = TriggerType.AgentOperation, Operation = "op", DeclaringType = "Shop.Pusher", TypeName = "Pusher", MessageType = "Push", ResultType = "Order", Signature = "op()", Subject = "qa", Project = "shop",
            Priority = TriggerPriority.Low, Source = "s", Content = "c", CaptureArguments = true, CaptureResult = false, IsCommandLine = true,
        };

        var read = DefinitionJson.Read(DefinitionJson.Write(definition))!;

        Assert.Equal(definition with { Tags = read.Tags, Parameters = read.Parameters, ParameterTypes = read.ParameterTypes }, read);
        Assert.Null(DefinitionJson.Read("{ half"u8));
    }

    private static TriggerDefinition Definition(TriggerType type) => new() { Type = type, Operation = "op" };

    private static DecodedRecord Record(TriggerOutcome outcome) => new()
    {
        Id = Guid.Empty, DescriptorId = 0, Outcome = outcome, Priority = TriggerPriority.High, Flags = default, ParentId = null, TraceId = "", SpanId = null,
        StartedAt = DateTimeOffset.UnixEpoch, Duration = TimeSpan.FromMilliseconds(12.5), HasResult = true, Result = "done",
    };
}
