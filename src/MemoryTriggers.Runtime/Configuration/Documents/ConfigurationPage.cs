using System.Globalization;
using System.Text;

namespace MemoryTriggers.Configuration;

/// <summary>The table of all keys in docs/configuration.md.</summary>
internal static class ConfigurationPage
{
    /// <summary>A table for each section.</summary>
    public static string Write()
    {
        var page = new StringBuilder();
        Section(page, "", SettingTypes.Root, SettingTypes.Root.Create(), ConfigurationLoading.Preset("reference").Configuration, "");
        return page.ToString();
    }

    private static void Section(StringBuilder page, string path, SettingsType type, object defaults, object reference, string effect)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n### {(path.Length == 0 ? "At the top" : $"`{path}`")}\n\n");
        if (effect.Length > 0) page.Append(effect).Append("\n\n");
        page.Append("| key | values | default | `reference` | what it does |\n|---|---|---|---|---|\n");
        foreach (var property in type.Properties.Where(static property => property.Inner is null))
        {
            var (standard, preset) = (Shown(property, defaults), Shown(property, reference));
            var (required, other) = (property.IsRequired ? " *" : "", preset == standard ? "" : preset);
            page.Append(
                CultureInfo.InvariantCulture,
                $"| `{property.Name}`{required} | {Values(property)} | {standard} | {other} | {property.Effect}{Restart(property)} |\n");
        }

        foreach (var property in type.Properties.Where(static property => property.Inner is not null))
        {
            var member = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            var inner = property.Inner!;
            if (property.Kind == SettingKind.Map) Section(page, $"{member}.<name>", inner, inner.Create(), inner.Create(), property.Effect);
            else Section(page, member, inner, property.Get(defaults)!, property.Get(reference)!, property.Effect);
        }
    }

    private static string Restart(SettingProperty property) => property.NeedsRestart ? " ↻" : "";

    private static string Shown(SettingProperty property, object settings) =>
        property.Get(settings) is { } value ? $"`{SettingText.Show(property, value)}`" : "";

    private static string Values(SettingProperty property) => property switch
    {
        { Allowed.Count: > 0 } => string.Join(", ", property.Allowed.Select(static allowed => $"`{allowed}`")),
        { Minimum: { } minimum, Maximum: { } maximum } =>
            string.Create(CultureInfo.InvariantCulture, $"{minimum:#,0.###} to {maximum:#,0.###}"),
        { Kind: SettingKind.Truth } => "true, false",
        { Kind: SettingKind.List } => "a list of texts",
        _ => "a text",
    };
}
