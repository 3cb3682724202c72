using System.Globalization;
using MemoryTriggers.Benchmarks.Capture;

namespace MemoryTriggers.Benchmarks.Policies;

/// <summary>What a decision costs, on one thread. The variants take turns, round by round, and the medians are shown.</summary>
internal static class PolicyBenchmark
{
    public const int DefaultRounds = 101;
    private const int Entries = 1_000;

    public static void Run(int rounds)
    {
        var thousand = new PolicyEngine(PolicyRules.Set());
        var matched = new PolicyEngine(PolicyRules.Set(isMatching: true));
        var other = new PolicyEngine(PolicySet.Compile([Only(TriggerType.DecisionPoint)]));
        MemoryEntry[] matching = [.. Enumerable.Range(0, Entries).Select(PolicyRules.Entry)];
        MemoryEntry[] missing = [.. Enumerable.Range(0, Entries).Select(static _ => PolicyRules.Entry(-1) with { Content = "nothing" })];
        Variant[] variants =
        [
            new("no rule for the type (For(type).CanApply)", other, matching, 200, static (engine, entry) => engine.Set.For(entry.TriggerType!.Value).CanApply ? 1 : 0),
            new("no rule for the type (whole decision)", other, matching, 200, static (engine, entry) => (int)engine.Evaluate(entry).Verdict),
            new("1,000 rules, 100 conditions hold, about 10 rules match", thousand, matching, 2, static (engine, entry) => (int)engine.Evaluate(entry).Verdict),
            new("1,000 rules, 100 conditions hold, 101 rules match", matched, matching, 2, static (engine, entry) => (int)engine.Evaluate(entry).Verdict),
            new("900 rules that need a value, none matches", new PolicyEngine(Indexed(thousand.Set)), missing, 20, static (engine, entry) => (int)engine.Evaluate(entry).Verdict),
        ];
        foreach (var variant in variants) variant.Warm();
        for (var round = 0; round < rounds; round++)
        {
            foreach (var variant in variants) variant.Round();
        }

        Console.WriteLine($"{matching.Length} memories; medians of {rounds} rounds, and the quickest; {Held(thousand, matching[0])} conditions hold, {thousand.Evaluate(matching[3]).Reasons.Count} rules match");
        Console.WriteLine();
        Console.WriteLine("| | ns a memory | memories a second | in the quickest round | bytes a memory |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var variant in variants)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {variant.Name} | {variant.Measured.Nanoseconds:N1} | {1e9 / variant.Measured.Nanoseconds:N0} | {1e9 / variant.Measured.LeastNanoseconds:N0} | {variant.Measured.Bytes:N0} |"));
        }
    }

    private static PolicySet Indexed(PolicySet set) =>
        PolicySet.Compile(set.Rules.Where(static rule => rule.Conditions[0].Type == PolicyConditionType.Equals));

    private static PolicyRule Only(TriggerType type) => new()
    {
        Name = "other",
        Conditions = [new PolicyCondition { Type = PolicyConditionType.Equals, Field = "trigger_type", Value = type.Name() }],
        Actions = [new PolicyAction { Type = PolicyActionTypes.Abort }],
    };

    private static int Held(PolicyEngine engine, MemoryEntry entry) =>
        engine.Explain(entry).SelectMany(static rule => rule.Conditions).Where(static condition => condition.Holds == true).DistinctBy(static condition => condition.Condition).Count();

    private sealed class Variant(string name, PolicyEngine engine, MemoryEntry[] entries, int repetitions, Func<PolicyEngine, MemoryEntry, int> decide)
    {
        private int _sink;

        public string Name { get; } = name;

        public Measurement Measured { get; } = new();

        public void Warm()
        {
            for (var turn = 0; turn < 40; turn++) Turn(repetitions * entries.Length);
        }

        public void Round() => Measured.Round(Turn, repetitions * entries.Length);

        private void Turn(int count)
        {
            for (var number = 0; number < count; number += entries.Length)
            {
                foreach (var entry in entries) _sink += decide(engine, entry);
            }
        }
    }
}
