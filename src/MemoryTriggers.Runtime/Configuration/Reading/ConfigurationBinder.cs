using System.Globalization;
using MemoryTriggers.Validation;

namespace MemoryTriggers.Configuration;

/// <summary>
/// The first layer of validation: makes typed settings of what the sources say, and notes what does not fit a key. Such a key keeps its
/// default.
/// </summary>
internal sealed class ConfigurationBinder(List<MemoryConfigurationIssue> issues)
{
    private const int MaxShown = 60;

    private static readonly string[] TypeNames = [.. Enum.GetValues<TriggerType>().Select(static type => type.Name())];

    /// <summary>What was said, and where; a key that is not here has its default.</summary>
    public Dictionary<string, MemoryConfigurationOrigin> Origins { get; } = new(StringComparer.Ordinal);

    public object Bind(SettingsType type, SettingNode node)
    {
        var settings = type.Create();
        Bind(type, settings, node);
        return settings;
    }

    private void Bind(SettingsType type, object settings, SettingNode node)
    {
        if (!IsMapping(node)) return;
        foreach (var child in node.Children)
        {
            var property = type.Find(child.Name);
            if (InertKeys.Find(child.Path) is { } reason) Error(child, reason.Message, reason.Instead);
            else if (property is null) Error(child, $"is no key here{NearestName.Hint(child.Name, type.Names)}", "", isUnknown: true);
            else if (IsNothing(child)) continue;
            else if (property.Kind == SettingKind.Section) Bind(property.Inner!, settings, child);
            else Bind(property, settings, child);
        }
    }

    // A key without a value says as much as no key. A section cannot be nothing, but it can be empty.
    private static bool IsNothing(SettingNode node) => node.Children.Count == 0 && node.Value is null;

    private void Bind(SettingProperty property, object settings, SettingNode node)
    {
        var value = property.Kind switch
        {
            SettingKind.Map => Map(property, node),
            SettingKind.List => List(property, node),
            _ => Single(property, node),
        };
        if (value is null) return;
        property.Set(settings, value);
        if (property.Kind != SettingKind.Map) Origins[node.Path] = node.Origin;
    }

    private object Map(SettingProperty property, SettingNode node)
    {
        var members = new List<KeyValuePair<string, object>>();
        if (!IsMapping(node)) return property.Inner!.CreateMap(members);
        foreach (var child in node.Children)
        {
            if (property.Form == "types" && !TypeNames.Contains(child.Name))
                Error(child, $"is no type of trigger{NearestName.Hint(child.Name, TypeNames)}", "", isUnknown: true);
            else members.Add(new KeyValuePair<string, object>(child.Name, Member(property.Inner!, child)));
        }

        return property.Inner!.CreateMap(members);
    }

    private object Member(SettingsType type, SettingNode node)
    {
        foreach (var missing in type.Properties.Where(property => property.IsRequired && node.Find(property.Name) is null))
            Error(node, $"'{missing.Name}' is missing", $"add '{missing.Name}: {SettingText.Show(missing, missing.Get(type.Create()))}'");
        return Bind(type, node);
    }

    private string[]? List(SettingProperty property, SettingNode node)
    {
        if (node.Children.Count == 0 && node.Value is { Length: > 0 })
        {
            Wrong(node, "a list");
            return null;
        }

        if (node.Children.Count > 0 && node.Kind != "a list" || node.Children.Any(static item => item.Children.Count > 0))
        {
            Wrong(node, "a list of single values");
            return null;
        }

        string[] items = [.. node.Children.Select(static item => item.Value ?? "")];
        foreach (var item in node.Children.Where(static item => string.IsNullOrEmpty(item.Value))) Error(item, "is empty", "leave it out");
        if (property.Form == "backends") Known(node.Children, property);
        if (property.Form == "hosts") Hosts(node.Children, property);
        return items;
    }

    private void Known(IEnumerable<SettingNode> items, SettingProperty property)
    {
        string[] known = ["mem0", "local", "redis", "postgresql", "litedb"];
        foreach (var item in items.Where(item => !known.Contains(item.Value, StringComparer.Ordinal)))
            Error(item, $"'{Short(item)}' is no store{NearestName.Hint(item.Value ?? "", known)}", $"{property.Name} is a list of stores");
    }

    private void Hosts(IEnumerable<SettingNode> items, SettingProperty property)
    {
        foreach (var item in items.Where(static item => !string.IsNullOrEmpty(item.Value)))
            if (HostPattern.Problem(item.Value!) is { } problem) Error(item, $"{problem}; it is '{Short(property, item)}'");
    }

    private object? Single(SettingProperty property, SettingNode node)
    {
        if (node.Children.Count > 0)
        {
            Wrong(node, Wanted(property));
            return null;
        }

        object? value = property.Kind switch
        {
            SettingKind.Truth => Truth(node.Value!),
            SettingKind.Integer =>
                int.TryParse(node.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer) ? integer : null,
            SettingKind.Number => double.TryParse(node.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) &&
                double.IsFinite(number) ? number : null,
            _ => Text(property, node),
        };
        if (value is null)
        {
            if (property.Kind != SettingKind.Text) Wrong(node, Wanted(property));
            return null;
        }

        return IsInBounds(property, value, node) ? value : null;
    }

    private static object? Truth(string text) =>
        string.Equals(text, "true", StringComparison.OrdinalIgnoreCase)
            ? true : string.Equals(text, "false", StringComparison.OrdinalIgnoreCase) ? false : null;

    private string? Text(SettingProperty property, SettingNode node)
    {
        var text = node.Value!;
        if (property.Allowed.Count > 0)
        {
            if (property.Allowed.FirstOrDefault(allowed => string.Equals(allowed, text, StringComparison.OrdinalIgnoreCase)) is { } found)
                return found;
            Error(
                node, $"cannot be '{Short(node)}'{NearestName.Hint(text, property.Allowed)}",
                $"allowed are {string.Join(", ", property.Allowed)}");
            return null;
        }

        var problem = SettingForms.Check(property, text);
        if (problem is not null) Error(node, $"{problem}{(property.IsSecret ? "" : $"; it is '{Short(property, node)}'")}");
        return problem is null ? text : null;
    }

    private bool IsInBounds(SettingProperty property, object value, SettingNode node)
    {
        if (property.Minimum is not { } minimum || property.Maximum is not { } maximum) return true;
        var number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
        if (number >= minimum && number <= maximum) return true;
        Error(node, string.Create(CultureInfo.InvariantCulture, $"must be between {minimum} and {maximum}; it is {Short(node)}"));
        return false;
    }

    private bool IsMapping(SettingNode node)
    {
        if (node.Children.Count > 0 && node.Kind == "a mapping" || node.IsEmpty ||
            node.Children.Count == 0 && string.IsNullOrEmpty(node.Value))
            return true;
        Wrong(node, "a mapping");
        return false;
    }

    private static string Wanted(SettingProperty property) => property.Kind switch
    {
        SettingKind.Truth => "true or false",
        SettingKind.Integer => "a whole number",
        SettingKind.Number => "a number",
        _ => "a text",
    };

    private void Wrong(SettingNode node, string wanted)
    {
        var single = InertKeys.IsSecret(node.Name) ? SettingText.Masked : Short(node);
        Error(node, $"must be {wanted}; it is {(node.Children.Count > 0 ? node.Kind : $"'{single}'")}");
    }

    private static string Short(SettingNode node) => Short(node.Value ?? "");

    private static string Short(SettingProperty property, SettingNode node) => Short(SettingForms.Show(property, node.Value ?? ""));

    private static string Short(string value) => value.Length > MaxShown ? value[..MaxShown] + "…" : value;

    private void Error(SettingNode node, string message, string suggestion = "", bool isUnknown = false) =>
        issues.Add(new MemoryConfigurationIssue(
            MemoryConfigurationSeverity.Error, IssueCodes.Schema, node.Path, isUnknown ? $"'{node.Name}' {message}" : message, suggestion)
        {
            Origin = node.Origin,
        });
}
