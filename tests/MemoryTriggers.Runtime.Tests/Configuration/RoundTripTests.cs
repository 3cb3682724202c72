using FsCheck;
using FsCheck.Fluent;

namespace MemoryTriggers.Configuration;

/// <summary>What is written is read back equal.</summary>
public sealed class RoundTripTests
{
    private static readonly string[] Texts = ["a", " x ", "null", "true", "1.0", "'", "\"", "\\", "#", ": ", "- ", "{", "[", "*a", "&b", "!t", "%", "@", "`", "ä€😀", "a\nb", "\t", "\u0001", "\u0085", "\u2028", "\ufeff", "~", "yes", "<<"];

    [Fact]
    public void Write_OfAnyConfiguration_IsReadBackEqual() =>
        Prop.ForAll(Any(SettingTypes.Root).Select(static made => (ConfigurationSnapshot)made).ToArbitrary(), static configuration =>
        {
            var report = MemoryConfiguration.ValidateText(ConfigurationYaml.Write(configuration));
            return report.Issues.All(static issue => issue.Code != IssueCodes.Load && issue.Code != IssueCodes.Schema) && Values(report.Configuration).SequenceEqual(Values(configuration));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(4711, 20_261_121));

    [Fact]
    public void Read_OfAnyText_AnswersAndDoesNotThrow()
    {
        var line = Gen.Elements(Texts.Concat(["performance:", "  batch_size: 1", "    x", "environment: testing", "- a", "? ", "|", ">", "---", "...", "? [", "&a", "*a", "{a: b", "}"]));
        var text = Gen.ListOf(line, 12).Select(static lines => string.Join('\n', lines));

        Prop.ForAll(text.ToArbitrary(), static yaml => MemoryConfiguration.ValidateText(yaml).Issues.All(static issue => issue.Message.Length > 0))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithReplay(4711, 20_261_121));
    }

    private static List<string> Values(ConfigurationSnapshot configuration)
    {
        var values = new List<string>();
        ConfigurationValues.Walk(SettingTypes.Root, configuration, "", (path, property, value) => values.Add($"{path}={SettingText.Show(property, value)}"));
        return values;
    }

    private static Gen<object> Any(SettingsType type) => Keys(type).Aggregate(
        Gen.Fresh(type.Create),
        static (made, property) => from settings in made from value in Any(property) select With(settings, property, value));

    private static IEnumerable<SettingProperty> Keys(SettingsType type) => type.Properties
        .SelectMany(static property => property.Kind == SettingKind.Section ? Keys(property.Inner!) : [property])
        .Where(static property => !property.IsSecret && property.Name is not ("preset" or "config_version" or "file" or "path"));

    private static object With(object settings, SettingProperty property, object? value)
    {
        property.Set(settings, value);
        return settings;
    }

    private static Gen<object?> Any(SettingProperty property) => property switch
    {
        { Kind: SettingKind.Map } => from names in Gen.SubListOf(Names(property)) from members in Gen.CollectToList(names, _ => Any(property.Inner!)) select (object?)property.Inner!.CreateMap(names.Zip(members, KeyValuePair.Create)),
        { Kind: SettingKind.Truth } => Gen.Elements<object?>(true, false),
        { Kind: SettingKind.Integer } => Gen.Choose((int)property.Minimum!, (int)property.Maximum!).Select(static number => (object?)number),
        { Kind: SettingKind.Number } => Gen.Choose(0, 1_000_000).Select(part => (object?)(property.Minimum!.Value + ((property.Maximum!.Value - property.Minimum.Value) * part / 1_000_000))),
        { Kind: SettingKind.List, Form: "backends" } => Gen.SubListOf("mem0", "local", "redis").Select(static list => (object?)list.ToArray()),
        { Kind: SettingKind.List, Form: "hosts" } => Gen.SubListOf("hooks.example", "*.example.com", "10.0.0.1").Select(static list => (object?)list.ToArray()),
        { Kind: SettingKind.List } => Gen.ListOf(Gen.Elements(Texts), 3).Select(static list => (object?)list.ToArray()),
        { Allowed.Count: > 0 } => Gen.Elements<object?>([.. property.Allowed]),
        { Form: "cron" } => Gen.Elements<object?>(null, "0 2 * * 0", "*/5 1-3,5 * 12 7"),
        { Form: "host" } => Gen.Elements<object?>(null, "api.mem0.ai", "http://127.0.0.1:8080/x"),
        { Form: "address" } => Gen.Elements<object?>(null, "https://hooks.example/alerts"),
        { Form: "zone" } => Gen.Elements<object?>(null, "UTC"),
        { Pattern: not null } => Gen.Elements<object?>(null, "a_1", "user_x"),
        _ => Gen.Elements<object?>([null, .. Texts]),
    };

    private static IEnumerable<string> Names(SettingProperty property) =>
        property.Form == "types" ? ["workflow_completion", "decision_point"] : ["a", "b.c", "x y", "true", "1"];
}
