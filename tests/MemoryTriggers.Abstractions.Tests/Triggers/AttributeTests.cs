namespace MemoryTriggers.Triggers;

public sealed class AttributeTests
{
    public static TheoryData<MemoryTriggerAttribute, TriggerType, string?, TriggerPriority> Attributes => new()
    {
        { new WorkflowMemoryTriggerAttribute { WorkflowType = "push" }, TriggerType.WorkflowCompletion, "push", TriggerPriority.High },
        { new WorkflowMemoryTriggerAttribute(), TriggerType.WorkflowCompletion, null, TriggerPriority.High },
        { new AgentMemoryTriggerAttribute("qa"), TriggerType.AgentOperation, "qa", TriggerPriority.Medium },
        { new IssueMemoryTriggerAttribute("ISS-1"), TriggerType.IssueResolution, "ISS-1", TriggerPriority.High },
        { new ErrorMemoryTriggerAttribute("db"), TriggerType.ErrorResolution, "db", TriggerPriority.Critical },
        { new MilestoneMemoryTriggerAttribute("1.0"), TriggerType.ProjectMilestone, "1.0", TriggerPriority.High },
        { new KnowledgeMemoryTriggerAttribute("k"), TriggerType.KnowledgeCapture, "k", TriggerPriority.Medium },
        { new PatternMemoryTriggerAttribute("p"), TriggerType.PatternDetection, "p", TriggerPriority.Medium },
        { new DecisionMemoryTriggerAttribute("d"), TriggerType.DecisionPoint, "d", TriggerPriority.High },
        { new CliMemoryTriggerAttribute("workflow"), TriggerType.WorkflowCompletion, "workflow", TriggerPriority.High },
        { new CliMemoryTriggerAttribute("error"), TriggerType.ErrorResolution, "error", TriggerPriority.Critical },
        { new CliMemoryTriggerAttribute("publish"), TriggerType.WorkflowCompletion, "publish", TriggerPriority.High },
    };

    [Theory]
    [MemberData(nameof(Attributes), DisableDiscoveryEnumeration = true)]
    public void Attribute_Unset_HasTheDefaultsOfItsType(MemoryTriggerAttribute attribute, TriggerType type, string? subject, TriggerPriority priority)
    {
        Assert.Equal((type, subject, priority), (attribute.TriggerType, attribute.Subject, attribute.Priority));
        Assert.Equal((false, true, true, true), (attribute.CaptureArguments, attribute.CaptureResult, attribute.CaptureOnSuccess, attribute.CaptureOnError));
        Assert.Empty(attribute.Tags);
    }

    [Theory]
    [MemberData(nameof(Attributes), DisableDiscoveryEnumeration = true)]
    public void AttributeOnCalls_Unset_HasTheSameDefaults(MemoryTriggerAttribute attribute, TriggerType type, string? subject, TriggerPriority priority)
    {
        var call = new MemoryTriggerOnAttribute(typeof(Math), nameof(Math.Abs), type) { Subject = subject };

        Assert.Equal((type, subject, priority), (call.TriggerType, call.Subject, call.Priority));
        Assert.Equal((attribute.CaptureArguments, attribute.CaptureResult), (call.CaptureArguments, call.CaptureResult));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(8)]
    public void AttributeOnCalls_OfNoType_IsRefused(int type) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new MemoryTriggerOnAttribute(typeof(Math), nameof(Math.Abs), (TriggerType)type));

    [Fact]
    public void Attributes_AreSealedAndSurviveIntoTheAssembly()
    {
        var attributes = typeof(MemoryTriggerAttribute).Assembly.GetExportedTypes().Where(static type => type.IsSubclassOf(typeof(Attribute)) && !type.IsAbstract);

        Assert.All(attributes, static type => Assert.True(type.IsSealed, type.Name));
        Assert.All(attributes, static type => Assert.False(type.IsDefined(typeof(System.Diagnostics.ConditionalAttribute), inherit: false), type.Name));
    }

    [Fact]
    public void Names_OfEveryValue_AreReadBack()
    {
        Assert.All(Enum.GetValues<TriggerType>(), static type => Assert.True(TriggerNames.TryParseType(type.Name().ToUpperInvariant(), out var read) && read == type));
        Assert.All(Enum.GetValues<TriggerPriority>(), static priority => Assert.True(TriggerNames.TryParsePriority(priority.Name(), out var read) && read == priority));
        Assert.All(Enum.GetValues<TriggerOutcome>(), static outcome => Assert.True(TriggerNames.TryParseOutcome(outcome.Name(), out var read) && read == outcome));
        Assert.False(TriggerNames.TryParseType("nothing", out _));
        Assert.False(TriggerNames.TryParsePriority(null, out _));
    }
}
