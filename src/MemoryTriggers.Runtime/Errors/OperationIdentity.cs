using System.Text.Json;

namespace MemoryTriggers.Errors;

/// <summary>The full operation of a memory: two methods of one key, such as overloads, are two operations.</summary>
/// <param name="Project">The project.</param>
/// <param name="Key">The key.</param>
/// <param name="Type">The type of trigger.</param>
/// <param name="EntityType">The kind of entity.</param>
/// <param name="Module">The declaring type, or the source of a scope.</param>
/// <param name="Name">The name of the operation.</param>
/// <param name="Method">The signature of a decorated method.</param>
internal readonly record struct OperationIdentity(
    string Project, string Key, TriggerType? Type, string? EntityType, string? Module, string? Name, string? Method)
{
    public static OperationIdentity Of(MemoryEntry entry) => new(entry.Project, entry.Key, entry.TriggerType, entry.EntityType,
        entry.Provenance.Module, Text(entry.Value, "operation"), Text(entry.Value, "method"));

    /// <summary>Whether it is a method with parameters other than a cancellation token.</summary>
    public bool HasParameters
    {
        get
        {
            if (Method is null) return false;
            var open = Method.IndexOf('(', StringComparison.Ordinal);
            if (open < 0) return Method.EndsWith(".set", StringComparison.Ordinal) || Method.EndsWith(".init", StringComparison.Ordinal);
            var parameters = Method[(open + 1)..].TrimEnd(')').Trim();
            return parameters.Length > 0 && parameters is not ("CancellationToken" or "System.Threading.CancellationToken");
        }
    }

    private static string? Text(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()
            : null;
}
