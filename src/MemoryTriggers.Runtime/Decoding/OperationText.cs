using MemoryTriggers.Capture;

namespace MemoryTriggers.Decoding;

/// <summary>The names of the operation of a method: the key, and what a person reads.</summary>
internal static class OperationText
{
    /// <summary>
    /// The key: namespace, enclosing types, type and method, and the message where the method's name is a general one. Two methods of
    /// different types never share it, whatever other assemblies hold.
    /// </summary>
    public static string Key(TriggerDefinition definition, string operation) =>
        definition.DeclaringType is { } type ? $"{type}.{operation}{Message(definition)}" : operation;

    /// <summary>As the key, with the last part of the namespace only.</summary>
    public static string Readable(TriggerDefinition definition, string operation)
    {
        if (definition.DeclaringType is not { } type) return operation;
        var space = definition.TypeName is { } name && type.EndsWith("." + name, StringComparison.Ordinal)
            ? type[..^(name.Length + 1)]
            : "";
        var shown = definition.TypeName ?? type[(type.LastIndexOf('.') + 1)..];
        return $"{(space.Length == 0 ? "" : space[(space.LastIndexOf('.') + 1)..] + ".")}{shown}.{operation}{Message(definition)}";
    }

    private static string Message(TriggerDefinition definition) => definition.MessageType is { } message ? $"({message})" : "";
}
