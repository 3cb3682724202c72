using System.Globalization;

namespace MemoryTriggers.Configuration;

/// <summary>Every key of the reference is there, with its bounds and, by the preset, its default.</summary>
public sealed class BoundsTests
{
    private static readonly Dictionary<string, string> Sections = new(StringComparer.Ordinal)
    {
        ["root"] = "", ["performance_config"] = "performance.", ["lifecycle_config"] = "lifecycle.", ["monitoring_config"] = "monitoring.",
        ["backend_config"] = "backend.", ["trigger_policy"] = "trigger_policies.x.",
    };

    public static TheoryData<string, string, string> Numbers => Rows(static row => row[1] is "integer" or "number");

    public static TheoryData<string, string, string> Texts => Rows(static row => row[1] == "string" && !row[2].StartsWith('^'));

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Number_AtItsBounds_IsTaken_AndBeyondThemRefused(string key, string bounds, string standard)
    {
        var ends = bounds.Split("..", StringSplitOptions.TrimEntries);
        var (least, most) = (double.Parse(ends[0], CultureInfo.InvariantCulture), double.Parse(ends[1], CultureInfo.InvariantCulture));

        Assert.DoesNotContain(Read(key, ends[0]).Issues, issue => issue.Path == key && issue.Code == IssueCodes.Schema);
        Assert.DoesNotContain(Read(key, ends[1]).Issues, issue => issue.Path == key && issue.Code == IssueCodes.Schema);
        foreach (var outside in new[] { least - 1, most + 1 })
        {
            var issue = Configured.Issue(Read(key, outside.ToString(CultureInfo.InvariantCulture)), key);
            Assert.Equal((IssueCodes.Schema, MemoryConfigurationSeverity.Error), (issue.Code, issue.Severity));
            Assert.Contains("must be between", issue.Message, StringComparison.Ordinal);
        }

        AssertDefault(key, standard);
    }

    /// <summary>Those that the reference does not have, too.</summary>
    public static TheoryData<string> AllSections => [.. SettingTypes.Root.Properties.Where(static property => property.Kind == SettingKind.Section && property.Inner!.Properties.Any(static number => number.Minimum is not null)).Select(static property => property.Name)];

    [Theory]
    [MemberData(nameof(AllSections))]
    public void Number_OfASection_IsTakenAtItsBoundsOnly(string section)
    {
        var numbers = SettingTypes.Root.Find(section)!.Inner!.Properties.Where(static property => property.Kind is SettingKind.Integer or SettingKind.Number);

        Assert.All(numbers, number =>
        {
            var key = $"{section}.{number.Name}";
            var (least, most) = (number.Minimum!.Value, number.Maximum!.Value);
            Assert.All([least, most], end => Assert.DoesNotContain(Read(key, end.ToString("R", CultureInfo.InvariantCulture)).Issues, issue => issue.Path == key && issue.Code == IssueCodes.Schema));
            Assert.All([least - 1, most + 1], outside =>
                Assert.Contains(Read(key, outside.ToString("R", CultureInfo.InvariantCulture)).Issues, issue => issue.Path == key && issue.Message.StartsWith("must be between", StringComparison.Ordinal)));
        });
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_OfTheReference_IsTaken_AndAnotherRefused(string key, string allowed, string standard)
    {
        foreach (var value in allowed.Split(", ")) Assert.DoesNotContain(Read(key, value).Issues, issue => issue.Path == key && issue.Code == IssueCodes.Schema);
        Assert.Contains("cannot be 'nonsense'", Configured.Issue(Read(key, "nonsense"), key).Message, StringComparison.Ordinal);
        // Here nothing leaves the machine until somebody says so.
        AssertDefault(key, standard == "mem0" ? "local" : standard);
    }

    [Fact]
    public void Keys_OfTheReferencesEnvironments_AreAllKnown()
    {
        var known = Configured.Yaml("trigger_policies: {x: {enabled: true, trigger_type: workflow}}\n").Values.Select(static value => value.Path).ToHashSet();

        Assert.All(ReferenceTable.Values.Select(static row => row[0]).Where(static key => key != "backend.backend_settings"), key => Assert.Contains(key, known));
        Assert.All(ReferenceTable.Policies.Select(static policy => $"trigger_policies.x.{policy.Key}"), key => Assert.Contains(key, known));
    }

    private static MemoryConfigurationReport Read(string key, string value)
    {
        var parts = key.Split('.');
        if (parts is ["environment"]) return MemoryConfiguration.ValidateText($"environment: {value}\nglobal_enabled: true");
        if (parts is [_, _, "trigger_type"]) return Configured.Yaml($"trigger_policies: {{x: {{enabled: true, trigger_type: {value}}}}}");
        return Configured.Yaml(parts switch
        {
            [var name] => $"{name}: {value}",
            [var section, var name] => $"{section}: {{{name}: {value}}}",
            _ => $"{parts[0]}: {{x: {{enabled: true, trigger_type: workflow, {parts[2]}: {value}}}}}",
        });
    }

    private static void AssertDefault(string key, string standard)
    {
        if (standard.Length == 0) return;
        var value = Configured.Value(Configured.Yaml("preset: reference\ntrigger_policies: {x: {enabled: true, trigger_type: workflow}}\n"), key);
        Assert.Equal(ReferenceTable.Shown(standard), ReferenceTable.Shown(value.Value));
    }

    private static TheoryData<string, string, string> Rows(Func<string[], bool> isWanted)
    {
        var rows = new TheoryData<string, string, string>();
        foreach (var row in ReferenceTable.Bounds.Where(row => Sections.ContainsKey(row[0].Split('.')[0]) && isWanted(row)))
            rows.Add(Sections[row[0].Split('.')[0]] + row[0].Split('.')[1], row[2], row[3]);
        return rows;
    }
}
