using Mono.Cecil;

namespace MemoryTriggers.Weaver.Diagnostics;

/// <summary>A place in the source, as the symbols tell it.</summary>
internal sealed class SourcePosition(string file, int line)
{
    public string File { get; } = file;

    public int Line { get; } = line;

    /// <summary>Where the method begins; <see langword="null"/> without symbols.</summary>
    public static SourcePosition? Of(MethodDefinition method) =>
        First(method) ?? Machine(method)?.Methods.Select(First).FirstOrDefault(static position => position is not null);

    /// <summary>The statement that an instruction belongs to; <see langword="null"/> without symbols.</summary>
    public static SourcePosition? Of(MethodDefinition method, int offset) =>
        method.DebugInformation.SequencePoints.LastOrDefault(point => !point.IsHidden && point.Offset <= offset) is { } point
            ? new SourcePosition(point.Document.Url, point.StartLine)
            : null;

    // The lines of an asynchronous method are those of its state machine.
    private static TypeDefinition? Machine(MethodDefinition method)
    {
        var machine = method.CustomAttributes
            .Where(static attribute => attribute.AttributeType.Name.EndsWith("StateMachineAttribute", StringComparison.Ordinal))
            .Select(static attribute => (attribute.ConstructorArguments[0].Value as TypeReference)?.FullName)
            .FirstOrDefault();
        return method.DeclaringType.NestedTypes.FirstOrDefault(type => type.FullName == machine);
    }

    private static SourcePosition? First(MethodDefinition method)
    {
        var point = method.HasBody ? method.DebugInformation.SequencePoints.FirstOrDefault(static point => !point.IsHidden) : null;
        return point is null ? null : new SourcePosition(point.Document.Url, point.StartLine);
    }
}
