using System.Globalization;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Hooks;

/// <summary>The named values of a line.</summary>
internal readonly struct LogValues(object? state)
{
    private const string TemplateName = "{OriginalFormat}";

    /// <summary>The line without its values: what is the same in all lines from one place.</summary>
    public string? Template => state is IReadOnlyList<KeyValuePair<string, object?>> { Count: > 0 } values && values[^1] is { Key: TemplateName, Value: string template } ? template : null;

    /// <summary>The values of the line and of the scopes around it; an inner one of the same name counts.</summary>
    public Dictionary<string, object?> WithScopes(IExternalScopeProvider scopes)
    {
        var metadata = new Dictionary<string, object?>(StringComparer.Ordinal);
        var unnamed = new List<string>();
        scopes.ForEachScope(
            static (scope, all) =>
            {
                if (!Add(scope, all.metadata) && Convert.ToString(scope, CultureInfo.InvariantCulture) is { Length: > 0 } text) all.unnamed.Add(text);
            },
            (metadata, unnamed));
        Add(state, metadata);
        if (unnamed.Count > 0) metadata["scopes"] = string.Join(" > ", unnamed);
        return metadata;
    }

    private static bool Add(object? from, Dictionary<string, object?> metadata)
    {
        if (from is not IEnumerable<KeyValuePair<string, object?>> values) return false;
        foreach (var (name, value) in values)
        {
            if (name != TemplateName) metadata[name] = value;
        }

        return true;
    }
}
