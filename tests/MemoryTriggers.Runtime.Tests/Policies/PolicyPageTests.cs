using System.Globalization;
using System.Text.RegularExpressions;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Policies;

/// <summary>Runs the examples of docs/policies.md.</summary>
public sealed partial class PolicyPageTests
{
    private static readonly string[] Blocks = [.. Yaml().Matches(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "policies.md")).ReplaceLineEndings("\n")).Select(static block => block.Groups[1].Value)];

    public static TheoryData<string, string> Conditions => Examples(PolicyNames.Conditions);

    public static TheoryData<string, string> Actions => Examples(PolicyActionTypes.All);

    [Fact]
    public void Page_OfPolicies_HasAnExampleOfEveryConditionAndAction()
    {
        var shown = Blocks.Select(TypeOf).OfType<string>().Order();

        Assert.Equal(PolicyNames.Conditions.Concat(PolicyActionTypes.All).Order(), shown);
    }

    [Fact]
    public void Page_OfPolicies_HasWholeDocumentsThatAreRight()
    {
        var documents = Blocks.Where(static block => TypeOf(block) is null).ToList();

        Assert.Equal(4, documents.Count);
        Assert.All(documents, static document => Assert.Empty(PolicyYaml.Parse(document).Problems));
    }

    [Theory]
    [MemberData(nameof(Conditions))]
    public void Condition_OnThePage_HoldsAsItSays(string type, string block)
    {
        var policies = new PolicyHarness($"rules:\n  rule:\n    conditions:\n      - {Indented(block)}\n    actions: [{{type: add_tag, parameters: {{tag: matched}}}}]\n");
        var claims = Claims(block);

        Assert.NotEmpty(claims);
        Assert.Equal(type, TypeOf(block));
        foreach (var (claim, value) in claims) AssertClaim(policies, claim, value);
    }

    [Theory]
    [MemberData(nameof(Actions))]
    public void Action_OnThePage_DoesWhatItSays(string type, string block)
    {
        var policies = new PolicyHarness(
            "rules:\n  rule:\n    conditions: [{type: not_equals, field: origin, value: rule}]\n    actions:\n      - " + Indented(block) +
            "\n  other:\n    conditions: [{type: equals, field: origin, value: rule}]\n    actions: [{type: add_tag, parameters: {tag: chained}}]\n");
        var claims = Claims(block);

        var decision = policies.Evaluate(claims.GetValueOrDefault("for", "{}"));

        Assert.NotEmpty(claims);
        if (claims.TryGetValue("asks", out var asks)) Assert.Equal((type, asks), (Assert.Single(decision.Actions).Action.Type, decision.Actions[0].Parameters.GetRawText()));
        else Assert.Empty(decision.Actions);
        if (claims.TryGetValue("tags", out var tags)) Assert.Equal(tags, string.Join(", ", decision.Entry.Tags));
        if (claims.TryGetValue("score", out var score)) Assert.Equal(score, decision.Entry.QualityScore?.ToString(CultureInfo.InvariantCulture));
        if (claims.TryGetValue("verdict", out var verdict)) Assert.Equal(verdict, decision.Verdict.Name());
        if (claims.TryGetValue("logs", out var line)) Assert.Contains(line, policies.Logs.Lines);
    }

    [Fact]
    public void Decisions_OnThePage_AreMade()
    {
        var block = Assert.Single(Blocks, static block => block.Contains("decision: defer", StringComparison.Ordinal));
        var policies = new PolicyHarness(block);

        var claims = Claims(block);
        Assert.Equal(PolicyNames.Verdicts.Order(), claims.Keys.Order());
        Assert.All(claims, claim => Assert.Equal(claim.Key, policies.Evaluate(claim.Value).Verdict.Name()));
    }

    private static void AssertClaim(PolicyHarness policies, string claim, string value)
    {
        switch (claim.TrimEnd('\''))
        {
            case "holds":
                Assert.True(policies.Matches(value), value);
                break;
            case "not":
                Assert.False(policies.Matches(value), value);
                break;
            case "holds at":
                Assert.True(policies.Matches(At(value)), value);
                break;
            case "not at":
                Assert.False(policies.Matches(At(value)), value);
                break;
            case "holds times":
                Assert.Equal(int.Parse(value, CultureInfo.InvariantCulture), Enumerable.Range(0, 100).Count(_ => policies.Matches()));
                break;
            default:
                Assert.Equal("holds share", claim);
                Assert.Equal(double.Parse(value, CultureInfo.InvariantCulture), Any.Entries(5_000).Count(policies.Matches) / 5_000.0, tolerance: 0.03);
                break;
        }
    }

    private static MemoryEntry At(string time) =>
        PolicyHarness.Entry() with { CreatedAt = new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero) + TimeOnly.Parse(time, CultureInfo.InvariantCulture).ToTimeSpan() };

    private static string Indented(string block) => block.TrimEnd().Replace("\n", "\n        ", StringComparison.Ordinal);

    // A claim made twice keeps both: the second has a mark.
    private static Dictionary<string, string> Claims(string block)
    {
        var claims = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match claim in Claim().Matches(block))
        {
            var name = claim.Groups[1].Value;
            while (claims.ContainsKey(name)) name += '\'';
            claims.Add(name, claim.Groups[2].Value);
        }

        return claims;
    }

    private static string? TypeOf(string block) => Type().Match(block) is { Success: true } type ? type.Groups[1].Value : null;

    private static TheoryData<string, string> Examples(IReadOnlyList<string> types)
    {
        var examples = new TheoryData<string, string>();
        foreach (var block in Blocks.Where(block => types.Contains(TypeOf(block)))) examples.Add(TypeOf(block)!, block);
        return examples;
    }

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Yaml();

    [GeneratedRegex(@"\Atype: (\w+)")]
    private static partial Regex Type();

    [GeneratedRegex("^# ([a-z ]+): (.*)$", RegexOptions.Multiline)]
    private static partial Regex Claim();
}
