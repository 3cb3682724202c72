using System.Text.Json;
using MemoryTriggers.TestKit;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Policies;

/// <summary>Rules from YAML, memories with captured values, and a clock, in as few words as possible.</summary>
internal sealed class PolicyHarness
{
    public PolicyHarness(string yaml, IEnumerable<IPolicy>? programs = null, PolicySetOptions? options = null)
    {
        options ??= new PolicySetOptions();
        options.TimeZone = TimeZoneInfo.Utc;
        Engine = new PolicyEngine(PolicyYaml.Parse(yaml, options).Compile(programs, options), time: Time, logger: new Logger<PolicyEngine>(Logs));
    }

    public ManualTimeProvider Time { get; } = new();

    public CollectingLoggers Logs { get; } = new(out _);

    public PolicyEngine Engine { get; }

    /// <summary>A set with one rule of that condition (in flow style) that adds the tag <c>matched</c>.</summary>
    public static PolicyHarness Condition(string condition) => new($$"""
        rules:
          rule:
            conditions: [{{condition}}]
            actions: [{type: add_tag, parameters: {tag: matched} }]
        """);

    /// <summary>A set with one rule that always matches and has those actions (in flow style).</summary>
    public static PolicyHarness Actions(string actions, IEnumerable<string>? customTypes = null) => new($$"""
        rules:
          rule:
            conditions: [{type: always}]
            actions: [{{actions}}]
        """, options: new PolicySetOptions { ActionTypes = [.. customTypes ?? []] });

    public static MemoryEntry Entry(string value = "{}", TriggerType type = TriggerType.WorkflowCompletion) =>
        Any.Entry() with { TriggerType = type, Value = JsonElement.Parse(value), Tags = ["nightly", "Production"], Source = "qa_agent" };

    public PolicyDecision Evaluate(string value = "{}") => Engine.Evaluate(Entry(value));

    public bool Matches(string value = "{}") => Matches(Entry(value));

    public bool Matches(MemoryEntry entry) => Engine.Evaluate(entry).Entry.Tags.Contains("matched");
}
