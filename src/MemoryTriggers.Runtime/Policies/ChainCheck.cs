namespace MemoryTriggers.Policies;

/// <summary>Finds chains that lead nowhere, and chains that lead back to where they began.</summary>
internal static class ChainCheck
{
    /// <param name="rules">The rules to look at.</param>
    /// <param name="otherNames">Names that exist too, though their rules cannot be looked at.</param>
    public static IEnumerable<PolicyProblem> Run(IReadOnlyList<PolicyRule> rules, IReadOnlyCollection<string> otherNames)
    {
        var links = new Dictionary<string, List<Link>>(StringComparer.Ordinal);
        foreach (var rule in rules) links.TryAdd(rule.Name, [.. Links(rule)]);
        string[] known = [.. links.Keys, .. otherNames];
        foreach (var link in links.Values.SelectMany(static found => found).Where(link => !known.Contains(link.Target)))
        {
            yield return new PolicyProblem(0, 0, link.Path, $"there is no rule '{link.Target}'{NearestName.Hint(link.Target, known)}");
        }

        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var start in links.Keys)
        {
            foreach (var (path, cycle) in Cycles(start, links, done)) yield return new PolicyProblem(0, 0, path, $"the chain leads back to where it began: {cycle}");
        }
    }

    // Without recursion: a chain may be as long as there are rules.
    private static List<(string Path, string Cycle)> Cycles(string start, Dictionary<string, List<Link>> links, HashSet<string> done)
    {
        var found = new List<(string, string)>();
        var way = new List<string>();
        var open = new Stack<(string Rule, int Next)>();
        open.Push((start, 0));
        while (open.TryPop(out var at))
        {
            if (at.Next == 0)
            {
                if (done.Contains(at.Rule)) continue;
                way.Add(at.Rule);
            }

            if (!links.TryGetValue(at.Rule, out var next) || at.Next == next.Count)
            {
                way.RemoveAt(way.Count - 1);
                done.Add(at.Rule);
                continue;
            }

            open.Push((at.Rule, at.Next + 1));
            var link = next[at.Next];
            if (way.IndexOf(link.Target) is var first and >= 0) found.Add((link.Path, string.Join(" -> ", way.Skip(first).Append(link.Target))));
            else open.Push((link.Target, 0));
        }

        return found;
    }

    private static IEnumerable<Link> Links(PolicyRule rule)
    {
        for (var index = 0; index < rule.Actions.Count; index++)
        {
            if (rule.Actions[index].Type == PolicyActionTypes.ChainPolicy && ActionParameters.Text(rule.Actions[index].Parameters, "policy_name") is { } target)
            {
                yield return new Link($"rules.{rule.Name}.actions[{index}].parameters.policy_name", target);
            }
        }
    }

    private sealed record Link(string Path, string Target);
}
