using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MemoryTriggers.Errors;

/// <summary>The known input of an execution: its entity and its captured arguments.</summary>
internal sealed class OperationInput
{
    private const int MaxText = 64;

    // These entities name a kind of work, such as the type of a workflow, and not what it works on.
    private static readonly HashSet<string> Kinds =
        ["workflow", "agent", "error", "milestone", "knowledge", "pattern", "decision"];

    private readonly string? _entityId;
    private readonly bool _isEntityKnown;
    private readonly bool _hasParameters;
    private readonly bool _isTruncated;
    private readonly Dictionary<string, string> _scalars = [];
    private readonly Dictionary<string, string> _objects = [];
    private readonly Dictionary<string, string> _metadata = [];

    private OperationInput(MemoryEntry entry, bool hasParameters)
    {
        _entityId = string.IsNullOrEmpty(entry.EntityId) ? null : entry.EntityId;
        _isEntityKnown = _entityId is not null && entry.EntityType is { } type && !Kinds.Contains(type);
        _hasParameters = hasParameters;
        if (entry.Value.ValueKind != JsonValueKind.Object) return;
        _isTruncated = entry.Value.TryGetProperty("truncated", out var truncated) && truncated.ValueKind == JsonValueKind.True;
        Read(entry.Value, "arguments", _scalars, _objects);
        Read(entry.Value, "metadata", _metadata, null);
    }

    private bool HasArguments => _scalars.Count + _objects.Count > 0;

    public static OperationInput Of(MemoryEntry entry, OperationIdentity operation) => new(entry, operation.HasParameters);

    /// <summary>Whether another execution of the same operation had this input.</summary>
    /// <returns><see langword="null"/> when the captured parts do not tell.</returns>
    public bool? IsSame(OperationInput other)
    {
        if (_entityId is not null && other._entityId is not null && _entityId != other._entityId) return false;
        if (_scalars.Any(one => other._scalars.TryGetValue(one.Key, out var value) && value != one.Value)) return false;
        if ((_entityId is null) != (other._entityId is null)) return null;
        if (HasArguments && other.HasArguments)
            return Equal(_scalars, other._scalars) && Equal(_objects, other._objects) && !_isTruncated && !other._isTruncated ? true : null;
        if (_isEntityKnown) return true;
        if (HasArguments || other.HasArguments || _hasParameters) return null;
        return _metadata.Any(one => other._metadata.TryGetValue(one.Key, out var value) && value != one.Value) ? null : true;
    }

    private static bool Equal(Dictionary<string, string> one, Dictionary<string, string> other) =>
        one.Count == other.Count && one.All(pair => other.TryGetValue(pair.Key, out var value) && value == pair.Value);

    private static void Read(JsonElement value, string name, Dictionary<string, string> scalars, Dictionary<string, string>? objects)
    {
        if (!value.TryGetProperty(name, out var parts) || parts.ValueKind != JsonValueKind.Object) return;
        foreach (var part in parts.EnumerateObject())
        {
            var target = part.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? objects : scalars;
            if (target is not null) target[part.Name] = Short(part.Value.GetRawText());
        }
    }

    // Known for as long as the failure is open, so large values are not held.
    private static string Short(string text) =>
        text.Length <= MaxText ? text : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
