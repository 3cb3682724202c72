using System.Text.Json;
using MemoryTriggers.Validation;

namespace MemoryTriggers.Policies;

/// <summary>Finds chains that lead nowhere, and chains that lead back to where they began.</summary>
internal static class ChainCheck
{
    private const int MaxProblems = 100;
    private const int MaxShown = 10;

    /// <summary>The names of fields that the context of chains gives to the rules that they lead to.</summary>
    public static IReadOnlySet<string> GivenNames(IReadOnlyList<PolicyRule> rules) => rules.SelectMany(static rule => rule.Actions)
        .Where(static action => action.Type == PolicyActionTypes.ChainPolicy && action.Parameters.ValueKind == JsonValueKind.Object)
        .Select(static action => action.Parameters.TryGetProperty("context", out var context) ? context : default)
        .Where(static context => context.ValueKind == JsonValueKind.Object)
        .SelectMany(static context => context.EnumerateObject().Select(static member => member.Name))
        .ToHashSet(StringComparer.Ordinal);

    /// <param name="rules">The rules to look at.</param>
    /// <param name="otherNames">Further existing names, whose rules cannot be read.</param>
    public static IEnumerable<PolicyProblem> Run(IReadOnlyList<PolicyRule> rules, IReadOnlyCollection<string> otherNames)
    {
        var links = new Dictionary<string, List<Link>>(StringComparer.Ordinal);
        foreach (var rule in rules) links.TryAdd(rule.Name, [.. Links(rule)]);
        string[] known = [.. links.Keys, .. otherNames];
        var all = known.ToHashSet(StringComparer.Ordinal);
        foreach (var link in links.Values.SelectMany(static found => found).Where(link => !all.Contains(link.Target)).Take(MaxProblems))
        {
            yield return new PolicyProblem(0, 0, link.Path, $"there is no rule '{link.Target}'{NearestName.Hint(link.Target, known)}");
        }

        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var start in links.Keys)
        {
            foreach (var (path, cycle) in Cycles(start, links, done).Take(MaxProblems))
                yield return new PolicyProblem(0, 0, path, $"the chain leads back to where it began: {cycle}");
        }
    }

    // Without recursion: a chain may be as long as there are rules.
    private static List<(string Path, string Cycle)> Cycles(string start, Dictionary<string, List<Link>> links, HashSet<string> done)
    {
        var found = new List<(string, string)>();
        var way = new List<string>();
        var onWay = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<(string Rule, int Next)>();
        open.Push((start, 0));
        while (open.TryPop(out var at))
        {
            if (at.Next == 0)
            {
                if (done.Contains(at.Rule)) continue;
                way.Add(at.Rule);
                onWay.Add(at.Rule);
            }

            if (!links.TryGetValue(at.Rule, out var next) || at.Next == next.Count)
            {
                way.RemoveAt(way.Count - 1);
                onWay.Remove(at.Rule);
                done.Add(at.Rule);
                continue;
            }

            open.Push((at.Rule, at.Next + 1));
            var link = next[at.Next];
            if (onWay.Contains(link.Target)) found.Add((link.Path, Cycle(way[way.IndexOf(link.Target)..], link.Target)));
            else open.Push((link.Target, 0));
        }

        return found;
    }

    private static string Cycle(List<string> rules, string back) =>
        string.Join(" -> ", [.. rules.Take(MaxShown), .. rules.Count > MaxShown ? ["..."] : Array.Empty<string>(), back]);

    private static IEnumerable<Link> Links(PolicyRule rule)
    {
        for (var index = 0; index < rule.Actions.Count; index++)
        {
            if (rule.Actions[index].Type == PolicyActionTypes.ChainPolicy
                && ActionParameters.Text(rule.Actions[index].Parameters, "policy_name") is { } target)
            {
                yield return new Link($"rules.{rule.Name}.actions[{index}].parameters.policy_name", target);
            }
        }
    }

    private sealed record Link(string Path, string Target);
}
