using System.Globalization;
using MemoryTriggers.Capture;
using MemoryTriggers.Secrets;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Hooks;

/// <summary>The named values of a line.</summary>
internal readonly struct LogValues(object? state)
{
    private const string TemplateName = "{OriginalFormat}";

    // What a web server puts into the scope of each request: a path names people and things, and the memory of a request has its route
    // instead.
    private const string PathName = "RequestPath";

    /// <summary>The line without its values: what is the same in all lines from one place.</summary>
    public string? Template => state is IReadOnlyList<KeyValuePair<string, object?>> { Count: > 0 } values
        && values[^1] is { Key: TemplateName, Value: string template } ? template : null;

    /// <summary>The values of the line and of the scopes around it; an inner one of the same name counts.</summary>
    /// <param name="scopes">The scopes.</param>
    /// <param name="countFault">Called for each value that throws when read: the value is left out, the line is not.</param>
    public Dictionary<string, object?> WithScopes(IExternalScopeProvider scopes, Action countFault)
    {
        var metadata = new Dictionary<string, object?>(StringComparer.Ordinal);
        var unnamed = new List<string>();
        scopes.ForEachScope(static (scope, all) => Add(scope, all.metadata, all.unnamed, all.countFault), (metadata, unnamed, countFault));
        metadata.Remove(PathName);
        Add(state, metadata, unnamed: null, countFault);
        if (unnamed.Count > 0) metadata["scopes"] = string.Join(" > ", unnamed);
        return metadata;
    }

    /// <summary>The rendered line without the values whose names are those of secrets.</summary>
    public string Clean(string line)
    {
        if (state is not IReadOnlyList<KeyValuePair<string, object?>> values) return line;
        var secrets = default(CaptureSecrets);
        foreach (var (name, value) in values)
        {
            // "{Password}", "{@Credentials}".
            if (name != TemplateName && SecretValues.IsSecret(name, value)) secrets.Add(value);
        }

        return secrets.Clean(line);
    }

    private static void Add(object? from, Dictionary<string, object?> metadata, List<string>? unnamed, Action countFault)
    {
        try
        {
            if (!Add(from, metadata) && unnamed is not null && Convert.ToString(from, CultureInfo.InvariantCulture) is { Length: > 0 } text)
                unnamed.Add(text);
        }
        catch (Exception)
        {
            // Capture entry point: scopes and values are the user's code.
            countFault();
        }
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
