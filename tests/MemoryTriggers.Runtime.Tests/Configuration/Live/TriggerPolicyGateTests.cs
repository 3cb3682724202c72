using System.Text.Json;
using MemoryTriggers.Delivery;
using MemoryTriggers.Delivery.Holding;
using MemoryTriggers.Files;
using MemoryTriggers.Policies;
using MemoryTriggers.TestKit;
using Microsoft.Extensions.Logging;
using MemoryTriggers.Problems;

namespace MemoryTriggers.Configuration;

/// <summary>Every key of a trigger policy decides what it says.</summary>
public sealed class TriggerPolicyGateTests
{
    private const string Off = "cooldown_period_seconds: 0, pattern_detection_enabled: false";

    private readonly ManualTimeProvider _time = new();
    private readonly CollectingLoggers _loggers = new(out _);
    private readonly PolicyEngine _engine = new(PolicySet.Empty);

    [Theory]
    [InlineData("enabled: false", false)]
    [InlineData("min_context_length: 200", false)]
    [InlineData("min_context_length: 20", true)]
    [InlineData("context_required_fields: [user_id]", true)]
    [InlineData("context_required_fields: [user_id, session_id]", false)]
    [InlineData("context_required_fields: [arguments.branch]", true)]
    [InlineData("min_trigger_confidence: 0.5", true)]
    [InlineData("min_trigger_confidence: 0.51", false)]
    [InlineData("create_on_success: false", false)]
    [InlineData("create_on_success: false, success_threshold: 1.0", false)]
    [InlineData("create_on_failure: false, create_on_error: false", true)]
    [InlineData("agent_name: other, create_on_success: false", true)]
    [InlineData("agent_name: tester, create_on_success: false", false)]
    [InlineData("agent_trigger_patterns: [deployed], create_on_success: false", true)]
    [InlineData("agent_trigger_patterns: [NIGHTLY], create_on_success: false", false)]
    [InlineData("trigger_type: agent, create_on_success: false", true)]
    public void Policy_OfASuccess_KeepsOrDenies(string keys, bool isKept)
    {
        var ruling = Gate(keys).Rule(Entry());

        Assert.Equal(isKept, ruling.Entry is not null);
        Assert.Null(ruling.Hold);
    }

    [Theory]
    [InlineData("create_on_failure: false", TriggerOutcome.Failure, "{}", false)]
    [InlineData("create_on_success: false", TriggerOutcome.Failure, "{}", true)]
    [InlineData("create_on_failure: false", TriggerOutcome.Failure, """{"exception":[{"type":"X"}]}""", true)]
    [InlineData("create_on_error: false", TriggerOutcome.Failure, """{"exception":[{"type":"X"}]}""", false)]
    [InlineData("create_on_success: false", TriggerOutcome.Success, """{"metadata":{"success_score":0.5}}""", true)]
    [InlineData("create_on_success: false, success_threshold: 0.5", TriggerOutcome.Success, """{"metadata":{"success_score":0.5}}""", false)]
    [InlineData("create_on_failure: false, failure_threshold: 0.5", TriggerOutcome.Success, """{"metadata":{"success_score":0.5}}""", false)]
    public void Policy_OfAnOutcome_KeepsOrDenies(string keys, TriggerOutcome outcome, string value, bool isKept)
    {
        var ruling = Gate(keys).Rule(Entry() with { Outcome = outcome, Value = JsonElement.Parse(value) });

        Assert.Equal(isKept, ruling.Entry is not null);
    }

    // The reference's policies for errors: what an error_resolution made is about an error, however it ended.
    [Fact]
    public void Policy_ForErrors_KeepsWhatWasResolved()
    {
        var gate = Gate("trigger_type: error, success_threshold: 0.0, failure_threshold: 0.0, create_on_success: false, create_on_failure: false");

        Assert.NotNull(gate.Rule(Entry() with { TriggerType = TriggerType.ErrorResolution }).Entry);
    }

    [Fact]
    public void MaxContextLength_CutsTheLine() =>
        Assert.Equal("The nightly", Gate("max_context_length: 11").Rule(Entry()).Entry?.Content);

    [Theory]
    [InlineData("", 0.6, true, true)]
    [InlineData("", 0.5, true, false)]
    [InlineData("require_quality_validation: false", 0.5, true, true)]
    [InlineData("", 0.5, false, true)]
    [InlineData("", null, true, true)]
    public void MinQuality_WhereItCounts_DeniesWhatWasJudgedToBeWorse(string keys, double? score, bool isAsked, bool isKept)
    {
        var gate = Gate(keys, $"performance: {{min_memory_quality_score: 0.6}}\nfeatures: {{quality_assessment: {(isAsked ? "true" : "false")}}}\n");

        var ruling = gate.Rule(Entry() with { QualityScore = score });

        Assert.Equal(isKept, ruling.Entry is not null);
    }

    // The rules have asked for more than this memory: it alone is denied.
    [Theory]
    [InlineData(null)]
    [InlineData("workflow_completion")]
    public void MinQuality_OfAMemoryWithActions_DeniesTheMemoryOnly(string? batch)
    {
        var asked = 0;
        var rules = new Ruled(entry => new DeliveryRuling(entry, batch is null ? null : new HoldingTime(TimeSpan.FromMinutes(1), batch, 5)) { Then = () => asked++ });
        var gate = Gate("", "performance: {min_memory_quality_score: 0.6}\n", rules: rules);

        var ruling = gate.Rule(Entry() with { QualityScore = 0.4 });
        ruling.Then?.Invoke();

        Assert.Equal((null, null, 1), (ruling.Entry, ruling.Hold, asked));
    }

    [Fact]
    public void MinQuality_OfADeferredMemory_IsAskedWhenItIsDecidedAgain()
    {
        var gate = Gate("", "performance: {min_memory_quality_score: 0.6}\n", rules: new Ruled(static entry => new DeliveryRuling(entry, new HoldingTime(TimeSpan.FromMinutes(1)))));

        var ruling = gate.Rule(Entry() with { QualityScore = 0.4 });

        Assert.NotNull(ruling.Entry);
        Assert.NotNull(ruling.Hold);
    }

    [Fact]
    public void MaxTriggersPerMinute_HoldsWhatIsMore_UntilThereIsRoom()
    {
        var gate = Gate("max_triggers_per_minute: 2");

        var rulings = Enumerable.Range(0, 3).Select(_ => gate.Rule(Entry())).ToList();
        _time.Advance(TimeSpan.FromMinutes(1));
        var later = gate.Rule(Entry());

        Assert.Equal([false, false, true], rulings.Select(static ruling => ruling.Hold is not null));
        Assert.Null(later.Hold);
    }

    [Fact]
    public void Cooldown_OfTheSameButForItsNumbers_DeniesItUntilItIsOver()
    {
        var gate = Gate("cooldown_period_seconds: 30", isPlain: false);
        var first = Entry("Workflow 'build' completed in 12.5ms");

        Assert.NotNull(gate.Rule(first).Entry);
        Assert.NotNull(gate.Rule(first).Entry);
        Assert.Null(gate.Rule(Entry("Workflow 'build' completed in 99.1ms") with { CreatedAt = first.CreatedAt.AddSeconds(29) }).Entry);
        Assert.NotNull(gate.Rule(Entry("Workflow 'tests' completed in 12.5ms") with { CreatedAt = first.CreatedAt.AddSeconds(1) }).Entry);
        Assert.NotNull(gate.Rule(Entry("Workflow 'build' completed in 99.1ms") with { CreatedAt = first.CreatedAt.AddSeconds(30) }).Entry);
    }

    [Theory]
    [InlineData("pattern_similarity_threshold: 0.6", "", true)]
    [InlineData("pattern_similarity_threshold: 0.9", "", false)]
    [InlineData("pattern_similarity_threshold: 0.6, pattern_detection_enabled: false", "", false)]
    [InlineData("pattern_similarity_threshold: 0.6", "features: {pattern_detection: false}\n", false)]
    public void PatternDetection_OfALineLikeAnEarlierOne_MarksIt(string keys, string further, bool isMarked)
    {
        var gate = Gate($"{keys}, cooldown_period_seconds: 0", further, isPlain: false);
        gate.Rule(Entry("The nightly build of shop failed in tests"));

        var second = gate.Rule(Entry("The nightly build of shop failed in packaging"));

        Assert.Equal(isMarked, second.Entry!.Tags.Contains("pattern"));
    }

    [Fact]
    public void Change_KeepsWhatAPolicyOfThatNameRemembers()
    {
        var live = new LiveConfiguration(Report("max_triggers_per_minute: 2, cooldown_period_seconds: 0", ""));
        var gate = new TriggerPolicyGate(new Nothing(), _engine, live, TimeSpan.FromMinutes(1), _time, _loggers.CreateLogger<TriggerPolicyGate>());
        gate.Rule(Entry());
        gate.Rule(Entry());

        live.Replace(Report("max_triggers_per_minute: 3, cooldown_period_seconds: 0", ""));
        gate.Change();

        Assert.Null(gate.Rule(Entry()).Hold);
        Assert.NotNull(gate.Rule(Entry()).Hold);
    }

    [Fact]
    public void Denial_IsToldOnceForEachReason()
    {
        var gate = Gate("context_required_fields: [nobody]");

        gate.Rule(Entry());
        gate.Rule(Entry());

        Assert.Equal("Trigger policy x denies memories (context_required_fields: nobody); more of this kind are only counted", Assert.Single(_loggers.Warnings));
    }

    [Theory]
    [InlineData("min_context_length: 200", PolicyVerdict.Deny, "trigger_policies/x [min_context_length: 200]: the line has 35 characters")]
    [InlineData("context_required_fields: [nobody]", PolicyVerdict.Deny, "trigger_policies/x [context_required_fields: nobody]: the memory does not have it")]
    [InlineData("min_trigger_confidence: 0.75", PolicyVerdict.Deny, "trigger_policies/x [min_trigger_confidence: 0.75]: its confidence is 0.5")]
    [InlineData("create_on_success: false", PolicyVerdict.Deny, "trigger_policies/x [create_on_success: false]: it ended so")]
    [InlineData("max_triggers_per_minute: 1", PolicyVerdict.Defer, "trigger_policies/x [max_triggers_per_minute: 1]: Rate limit exceeded")]
    public void Decision_IsAmongTheLastOnes_AndCountedByRule(string keys, PolicyVerdict verdict, string reason)
    {
        var gate = Gate(keys);
        var first = Entry();
        var last = Entry();

        gate.Rule(first);
        gate.Rule(last);

        var decision = _engine.GetRecentDecisions()[0];
        Assert.Equal((last.Id, verdict, reason), (decision.EntryId, decision.Verdict, Assert.Single(decision.Reasons).ToString()));
        var counters = Assert.Single(_engine.GetStatistics().Rules);
        Assert.Equal(("trigger_policies/x", verdict == PolicyVerdict.Deny ? 2 : 1), (counters.Rule, counters.Executions));
    }

    [Theory]
    [InlineData("max_triggers_per_minute: 1", 59, true)]
    [InlineData("max_triggers_per_minute: 1", 60, false)]
    [InlineData("cooldown_period_seconds: 30", 29, true)]
    [InlineData("cooldown_period_seconds: 30", 30, false)]
    public void Restart_GoesOnWithWhatWasKept(string keys, int seconds, bool isStopped)
    {
        using var directory = new TemporaryDirectory();
        keys = keys.StartsWith("max", StringComparison.Ordinal) ? keys + ", cooldown_period_seconds: 0" : keys;
        var first = Gate(keys, isPlain: false);
        var entry = Entry();
        first.Rule(entry);
        new PolicyStateFile(directory.Path, [first], ProblemLog.At(null, TimeProvider.System), SystemDisk.Instance, TimeProvider.System, _loggers).Save();

        _time.Advance(TimeSpan.FromSeconds(seconds));
        var second = Gate(keys, isPlain: false);
        new PolicyStateFile(directory.Path, [second], ProblemLog.At(null, TimeProvider.System), SystemDisk.Instance, TimeProvider.System, _loggers).Restore();
        var ruling = second.Rule(Entry() with { CreatedAt = entry.CreatedAt.AddSeconds(seconds) });

        Assert.Equal(isStopped, ruling.Entry is null || ruling.Hold is not null);
        Assert.DoesNotContain("nightly", File.ReadAllText(directory.File(PolicyStateFile.FileName)), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Decision_OfTheLeastQuality_SaysSo()
    {
        var gate = Gate("", "performance: {min_memory_quality_score: 0.6}\n");

        gate.Rule(Entry() with { QualityScore = 0.5 });

        Assert.Equal("performance [min_memory_quality_score: 0.6]: its score is 0.5", Assert.Single(_engine.GetRecentDecisions()[0].Reasons).ToString());
    }

    private static MemoryEntry Entry(string content = "The nightly build of shop succeeded") => Any.Entry(content) with
    {
        TriggerType = TriggerType.WorkflowCompletion,
        Outcome = TriggerOutcome.Success,
        EntityId = "tester",
        QualityScore = null,
        Value = JsonElement.Parse("""{"metadata":{"user_id":"u1","confidence":0.5},"arguments":{"branch":"main"}}"""),
    };

    private static MemoryConfigurationReport Report(string keys, string further)
    {
        var type = keys.Contains("trigger_type", StringComparison.Ordinal) ? "" : "trigger_type: workflow, ";
        var enabled = keys.EndsWith(", enabled: false", StringComparison.Ordinal) ? "" : "enabled: true, ";
        var confidence = keys.Contains("confidence", StringComparison.Ordinal) ? "" : "min_trigger_confidence: 0.0, ";
        var report = Configured.Yaml($"{further}trigger_policies: {{x: {{{enabled}{type}{confidence}{keys}}}}}\n");
        Assert.True(report.Issues.All(static issue => issue.Code == IssueCodes.Rule), string.Join("; ", report.Issues));
        return report;
    }

    private TriggerPolicyGate Gate(string keys, string further = "", bool isPlain = true, IDeliveryRules? rules = null) => new(
        rules ?? new Nothing(), _engine, new LiveConfiguration(Report(isPlain ? $"{Off}{(keys.Length > 0 ? ", " : "")}{keys}" : keys, further)), TimeSpan.FromMinutes(1), _time, _loggers.CreateLogger<TriggerPolicyGate>());

    private sealed class Ruled(Func<MemoryEntry, DeliveryRuling> rule) : IDeliveryRules
    {
        public DeliveryRuling Rule(MemoryEntry entry) => rule(entry);
    }

    private sealed class Nothing : IDeliveryRules
    {
        public DeliveryRuling Rule(MemoryEntry entry) => new(entry);
    }
}
