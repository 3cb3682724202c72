using Microsoft.Testing.Platform.Extensions.Messages;

namespace MemoryTriggers;

/// <summary>The full name of a test, the same for all of its cases and for every way to run it.</summary>
internal static class NodeName
{
    public static string Of(TestNode node)
    {
        if (node.Properties.SingleOrDefault<TestMethodIdentifierProperty>() is not { } method) return node.DisplayName;
        var type = method.Namespace is { Length: > 0 } space ? $"{space}.{method.TypeName}" : method.TypeName;
        return $"{type}.{method.MethodName}";
    }
}
