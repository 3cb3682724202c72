using MemoryTriggers.Policies;
using MemoryTriggers.Yaml;

namespace MemoryTriggers;

/// <summary>Reads policies from YAML: rules under <c>rules</c>, by name; policies by type of trigger under <c>policies</c>.</summary>
internal static class PolicyYaml
{
    private static readonly string[] Keys = ["rules", "policies"];

    /// <summary>The most bytes (UTF-8) that are read.</summary>
    public const int MaxBytes = YamlTree.MaxBytes;

    /// <summary>
    /// Reads a document. All problems are found in one go, with line and column, unless the text is no YAML at all; nothing in a text can
    /// make it hang or take more than a small multiple of the text's size.
    /// </summary>
    /// <param name="text">The YAML.</param>
    /// <param name="options">Its <see cref="PolicySetOptions.ActionTypes"/> are known besides the built-in ones.</param>
    public static PolicyDocument Parse(string text, PolicySetOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var found = new List<PolicyProblem>();
        var problems = new ReadProblems(found);
        var rules = new List<PolicyRule>();
        var policies = new List<TriggerPolicy>();
        List<string> names = [];
        switch (YamlTree.Read(text, found))
        {
            case YamlMapping mapping:
                var fields = new YamlFields(mapping, "", problems, Keys);
                if (fields.Mapping("rules") is { } byName) ReadRules(byName);
                if (fields.Mapping("policies") is { } byType) ReadPolicies(byType);
                break;
            case { } other:
                problems.Add(other, "", $"must be a mapping with 'rules' or 'policies'; it is {other.Kind}");
                break;
        }

        foreach (var problem in PolicyCheck.Run(rules, policies, options ?? new PolicySetOptions(), names).TakeWhile(_ => !problems.IsFull))
            problems.Add(problem);
        return new PolicyDocument(rules, policies,
            [.. found.OrderBy(static problem => problem.Line).ThenBy(static problem => problem.Column)]);

        void ReadRules(YamlMapping mapping)
        {
            var reader = new RuleReader(problems);
            foreach (var (key, node) in mapping.Entries)
            {
                names.Add(key.Text);
                if (problems.IsFull) continue;
                if (reader.Read(key, node) is { } rule) rules.Add(rule);
            }
        }

        void ReadPolicies(YamlMapping mapping)
        {
            var reader = new TriggerPolicyReader(problems);
            foreach (var (key, node) in mapping.Entries)
            {
                if (reader.Read(key, node) is { } policy) policies.Add(policy);
            }
        }
    }
}
