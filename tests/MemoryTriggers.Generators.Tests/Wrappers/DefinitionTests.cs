namespace MemoryTriggers.Generators.Wrappers;

public sealed class DefinitionTests
{
    [Fact]
    public async Task Generate_AllSettings_StandInTheDefinition()
    {
        var text = await GeneratorTest.WrapperAsync("""
            namespace Shop;
            class Pusher
            {
                [WorkflowMemoryTrigger(WorkflowType = "push", Project = "shop", Priority = TriggerPriority.Low,
                    Durability = MemoryDurability.Synced, Tags = new[] { "a", "b\"c" },
                    CaptureArguments = true, CaptureResult = false, CaptureOnSuccess = false, CaptureOnError = false,
                    Content = "Pushed {branch}")]
                public int Push(string branch, int count) => count;
            }
            """);

        Assert.All(
            [
                "Type = global::MemoryTriggers.TriggerType.WorkflowCompletion,", "Operation = \"Push\",",
                "DeclaringType = \"Shop.Pusher\",",
                "Subject = \"push\",", "Project = \"shop\",", "Priority = (global::MemoryTriggers.TriggerPriority)3,",
                "Tags = new string[] { \"a\", \"b\\\"c\" },",
                "Durability = (global::MemoryTriggers.MemoryDurability)1,",
                "Parameters = new string[] { \"branch\", \"count\" },", "CaptureArguments = true,",
                "CaptureResult = false,", "CaptureOnSuccess = false,", "CaptureOnError = false,", "Content = \"Pushed {branch}\",",
                "Signature = \"Pusher.Push(string, int)\",",
            ],
            expected => Assert.Contains(expected, text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("AgentMemoryTrigger(\"qa\")", "AgentOperation", "qa")]
    [InlineData("IssueMemoryTrigger(\"ISS-1\")", "IssueResolution", "ISS-1")]
    [InlineData("ErrorMemoryTrigger(\"db\")", "ErrorResolution", "db")]
    [InlineData("MilestoneMemoryTrigger(\"1.0\")", "ProjectMilestone", "1.0")]
    [InlineData("KnowledgeMemoryTrigger(\"k\")", "KnowledgeCapture", "k")]
    [InlineData("PatternMemoryTrigger(\"p\")", "PatternDetection", "p")]
    [InlineData("DecisionMemoryTrigger(\"d\")", "DecisionPoint", "d")]
    [InlineData("CliMemoryTrigger(\"workflow\")", "WorkflowCompletion", "workflow")]
    [InlineData("CliMemoryTrigger(\"issue\")", "IssueResolution", "issue")]
    [InlineData("WorkflowMemoryTrigger(WorkflowType = \"push\")", "WorkflowCompletion", "push")]
    [InlineData("AgentMemoryTrigger(AgentType = \"qa\")", "AgentOperation", "qa")]
    [InlineData("IssueMemoryTrigger(IssueId = \"ISS-1\")", "IssueResolution", "ISS-1")]
    [InlineData("ErrorMemoryTrigger(ErrorType = \"db\")", "ErrorResolution", "db")]
    [InlineData("MilestoneMemoryTrigger(Milestone = \"1.0\")", "ProjectMilestone", "1.0")]
    [InlineData("KnowledgeMemoryTrigger(KnowledgeType = \"k\")", "KnowledgeCapture", "k")]
    [InlineData("PatternMemoryTrigger(PatternType = \"p\")", "PatternDetection", "p")]
    [InlineData("DecisionMemoryTrigger(DecisionType = \"d\")", "DecisionPoint", "d")]
    [InlineData("CliMemoryTrigger(OperationType = \"issue\")", "IssueResolution", "issue")]
    [InlineData("AgentMemoryTrigger(\"qa\", AgentType = \"review\")", "AgentOperation", "review")]
    public async Task Generate_EachAttribute_HasItsTypeAndSubject(string attribute, string type, string subject)
    {
        var text = await GeneratorTest.WrapperAsync($"class C {{ [{attribute}] void M() {{ }} }}");

        Assert.Contains($"TriggerType.{type},", text, StringComparison.Ordinal);
        Assert.Contains($"Subject = \"{subject}\",", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[Sensitive] string branch", true, "__record.Sensitive(0, @branch);")]
    [InlineData("[Sensitive] string branch", false, "__record.Sensitive(@branch);")]
    [InlineData("string password", true, "__record.Sensitive(0, @password);")]
    [InlineData("string apiKey", false, "__record.Sensitive(@apiKey);")]
    [InlineData("[Sensitive] int pin", true, "__record.Sensitive(0, @pin);")]
    [InlineData("int pin", true, "__record.Sensitive(0, @pin);")]
    [InlineData("string[] passwords", true, "__record.Sensitive(0, @passwords);")]
    [InlineData("object dbPassword", true, "__record.Sensitive(0, @dbPassword);")]
    [InlineData("int tokens", true, "__record.Argument(0, @tokens);")]
    public async Task Generate_SecretParameter_IsNeverWritten(string parameter, bool capture, string expected)
    {
        var text = await GeneratorTest.WrapperAsync(
            $"class C {{ [WorkflowMemoryTrigger(CaptureArguments = {(capture ? "true" : "false")})] void M({parameter}) {{ }} }}");

        Assert.Contains(expected, text, StringComparison.Ordinal);
        Assert.Equal(expected.Contains("Argument", StringComparison.Ordinal),
            text.Contains("__record.Argument(", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("string M() => \"x\";", "__record.SensitiveResult();")]
    [InlineData("async Task<string> M() { await Task.Yield(); return \"x\"; }", "ReturnCapture.Observe(__task, __record, true)")]
    public async Task Generate_SensitiveResult_IsNotWritten(string method, string expected)
    {
        var text = await GeneratorTest.WrapperAsync($"class C {{ [WorkflowMemoryTrigger] [return: Sensitive] {method} }}");

        Assert.Contains(expected, text, StringComparison.Ordinal);
        Assert.DoesNotContain("__record.Result(", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_TemplateNamingAParameter_CapturesThatOne()
    {
        var text = await GeneratorTest.WrapperAsync(
            "class C { [WorkflowMemoryTrigger(Content = \"{a.Length} of\")] void M(string a, string b) { } }");

        Assert.Contains("__record.Argument(0, @a);", text, StringComparison.Ordinal);
        Assert.DoesNotContain("__record.Argument(1", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("string project", "@project")]
    [InlineData("string project, string projectName", "@projectName")]
    public async Task Generate_ParameterNamingTheProject_FilesUnderIt(string parameters, string expected) =>
        Assert.Contains(
            $"__record.Project({expected});",
            await GeneratorTest.WrapperAsync($"class C {{ [WorkflowMemoryTrigger] void M({parameters}) {{ }} }}"),
            StringComparison.Ordinal);
}
