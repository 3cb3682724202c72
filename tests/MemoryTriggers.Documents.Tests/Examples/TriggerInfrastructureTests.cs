using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;

namespace MemoryTriggers.Documents.Examples;

/// <summary>The examples of the document about the trigger infrastructure, in C#.</summary>
public sealed class TriggerInfrastructureTests : IDisposable
{
    private readonly ExampleFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Decorators_OfEveryKind_RememberTypeSubjectAndPriority()
    {
        await using var service = await StartAsync();
        var program = new DecoratedProgram();

        await program.ExecutePushWorkflowAsync();
        await program.RunQaValidationAsync();
        await program.ResolveIssueAsync();
        await program.HandleDatabaseErrorAsync();
        await program.CaptureBestPracticesAsync();
        await program.MakeArchitectureDecisionAsync();
        await program.ReleaseAsync();
        await program.DetectAsync();
        await program.PushCommandAsync("main");
        program.ProcessData([1, 2, 3]);

        Assert.Equal(
            [
                (TriggerType.WorkflowCompletion, "push", TriggerPriority.High), (TriggerType.AgentOperation, "qa", TriggerPriority.Medium),
                (TriggerType.IssueResolution, "ISS-001", TriggerPriority.High),
                (TriggerType.ErrorResolution, "database_error", TriggerPriority.Critical),
                (TriggerType.KnowledgeCapture, "best_practices", TriggerPriority.Medium),
                (TriggerType.DecisionPoint, "architecture", TriggerPriority.High), (TriggerType.ProjectMilestone, "1.0", TriggerPriority.High),
                (TriggerType.PatternDetection, "retry_storm", TriggerPriority.Medium),
                (TriggerType.WorkflowCompletion, "workflow", TriggerPriority.High),
                (TriggerType.WorkflowCompletion, "process", TriggerPriority.High),
            ],
            from entry in await StoredAsync(service) select (entry.TriggerType!.Value, entry.EntityId!, entry.Priority));
    }

    [Fact]
    public async Task Contexts_WithMetadataTagsAndResult_AreRemembered()
    {
        await using var service = await StartAsync();

        await using (var context = TriggerScope.Workflow("deployment", project: "my-project", workflowType: "deploy"))
        {
            context.AddMetadata(("environment", "production"), ("version", "1.0.0"), ("replicas", 3));
            context.AddTags("production", "deployment", "v1.0.0");
            context.SetResult(await DeployAsync());
        }

        await using (var context = TriggerScope.Agent("comprehensive_qa", project: "my-project", agentType: "qa"))
        {
            context.AddMetadata(new Dictionary<string, object?> { ["test_suite"] = "integration", ["coverage_threshold"] = 80 });
            context.AddTags("integration", "qa").SetResult(await DeployAsync());
        }

        await using (var context = TriggerScope.Issue("fix_memory_leak", "my-project", "ISS-042", TriggerPriority.Critical))
        {
            context.AddMetadata(("component", "memory_service"), ("severity", "high")).SetResult(await DeployAsync());
        }

        var entries = await StoredAsync(service);
        Assert.Equal(["deployment", "comprehensive_qa", "fix_memory_leak"], entries.Select(static entry => entry.Key));
        var metadata = entries[0].Value.GetProperty("metadata");
        Assert.Equal(("production", 3), (metadata.GetProperty("environment").GetString(), metadata.GetProperty("replicas").GetInt32()));
        Assert.Equal(80, entries[1].Value.GetProperty("metadata").GetProperty("coverage_threshold").GetInt32());
        Assert.Equal(TriggerPriority.Critical, entries[2].Priority);
    }

    [Fact]
    public async Task Configuration_GivenAsDictionary_StartsTheService()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["global_enabled"] = "true",
            ["performance:batch_size"] = "10",
            ["backend:backend_type"] = "local",
            ["backend:backend_settings:local_storage_path"] = _folder.Path,
        }).Build();

        await using var service = await MemoryTriggerService.StartAsync(options =>
        {
            options.DataDirectory = _folder.Path;
            options.Use(settings);
        }, cancellationToken: Token);

        Assert.True(service.Configuration?.IsValid);
    }

    [Fact]
    public async Task GlobalService_IsTheOneOfTheFlow()
    {
        Assert.Null(MemoryTriggerService.Current);
        await using (var service = await StartAsync())
        {
            Assert.Same(service, MemoryTriggerService.Current);
            Assert.Same(service, await Task.Run(static () => MemoryTriggerService.Current, Token));
        }

        Assert.Null(MemoryTriggerService.Current);
    }

    [Fact]
    public void PolicyRules_OfTheShortNotation_DecideByPriority()
    {
        var engine = new PolicyEngine(PolicySet.Compile([],
        [
            new TriggerPolicy
            {
                Type = TriggerType.IssueResolution,
                Rules =
                [
                    new() { Name = "critical_issues", Condition = "priority:critical", Decision = PolicyVerdict.Allow, Priority = 200 },
                    new()
                    {
                        Name = "test_failures",
                        Condition = "metadata:success=false",
                        Decision = PolicyVerdict.Modify,
                        Priority = 100,
                        Parameters = new Dictionary<string, string> { ["modified_priority"] = "high" },
                    },
                    new() { Name = "batch_low_priority", Condition = "priority:low", Decision = PolicyVerdict.Batch, Priority = 10 },
                ],
            },
        ]));

        Assert.Equal(PolicyVerdict.Allow, Decide("critical", success: true).Verdict);
        Assert.Equal(PolicyVerdict.Batch, Decide("low", success: true).Verdict);
        var failed = Decide("medium", success: false);
        Assert.Equal((PolicyVerdict.Modify, TriggerPriority.High), (failed.Verdict, failed.Entry.Priority));

        PolicyDecision Decide(string priority, bool success) => engine.Evaluate(new Dictionary<string, object?>
        {
            ["trigger_type"] = "issue_resolution", ["priority"] = priority, ["success"] = success,
        });
    }

    [Fact]
    public async Task HealthAndMetrics_HaveTheKeysOfTheDocument()
    {
        await using var service = await StartAsync();
        await new DecoratedProgram().ResolveIssueAsync();
        await service.FlushAsync(cancellationToken: Token);

        var health = JsonNode.Parse((await service.GetHealthAsync(Token)).ToJson())!.AsObject();
        var metrics = JsonNode.Parse((await service.GetMetricsAsync(Token)).ToJson())!.AsObject();

        Assert.True(health["service_initialized"]!.GetValue<bool>());
        foreach (var part in new[] { "memory_service", "trigger_orchestrator", "policy_engine", "framework_hooks" })
            Assert.NotNull(health[part]?["status"]);
        foreach (var (part, key) in new[]
        {
            ("memory_service", "total_operations"), ("memory_service", "successful_operations"), ("trigger_orchestrator", "total_triggers"),
            ("trigger_orchestrator", "successful_triggers"), ("trigger_orchestrator", "queue_size"), ("framework_hooks", "hooks_executed"),
            ("framework_hooks", "memory_captures"),
        })
        {
            Assert.NotNull(metrics[part]?[key]);
        }
    }

    [Fact]
    public void Categories_AreTheElevenOfTheDocuments() => Assert.Equal(
        ["bug", "error", "framework", "integration", "pattern", "performance", "project", "qa", "system", "team", "user_feedback"],
        new[]
        {
            MemoryCategories.Bug, MemoryCategories.Error, MemoryCategories.Framework, MemoryCategories.Integration, MemoryCategories.Pattern,
            MemoryCategories.Performance, MemoryCategories.Project, MemoryCategories.Qa, MemoryCategories.System, MemoryCategories.Team,
            MemoryCategories.UserFeedback,
        });

    private static async Task<string> DeployAsync()
    {
        await Task.Yield();
        return "deployed";
    }

    private static async Task<IReadOnlyList<MemoryEntry>> StoredAsync(MemoryTriggerService service)
    {
        Assert.True(await service.FlushAsync(cancellationToken: Token));
        return [.. (await service.Recall.ListAsync(new() { AllProjects = true }, Token)).OrderBy(static entry => entry.Id)];
    }

    private Task<MemoryTriggerService> StartAsync() =>
        MemoryTriggerService.StartAsync(options => options.DataDirectory = _folder.Path, new InMemoryMemoryBackend(), cancellationToken: Token);
}
