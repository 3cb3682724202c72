using Mono.Cecil;

namespace MemoryTriggers.Weaver;

/// <summary>A generated wrapper: the class, its two methods of interest, and what <c>[Wraps]</c> says of the method that it belongs to.</summary>
internal sealed class Wrapper
{
    private const string WrapsName = "MemoryTriggers.Capture.WrapsAttribute";
    private readonly CustomAttribute _wraps;

    private Wrapper(TypeDefinition type, CustomAttribute wraps)
    {
        (Type, _wraps) = (type, wraps);
        Enter = type.Methods.Single(static method => method.Name == "Enter");
        Body = type.Methods.Single(static method => method.Name == "Body");

        // type::method|hidden|hidden#index
        Text = (string)wraps.ConstructorArguments[0].Value;
        var hash = Text.LastIndexOf('#');
        Index = int.Parse(Text.Substring(hash + 1), System.Globalization.CultureInfo.InvariantCulture);
        var parts = Text.Substring(0, hash).Split('|');
        var colons = parts[0].IndexOf("::", StringComparison.Ordinal);
        TypeName = parts[0].Substring(0, colons);
        MethodName = parts[0].Substring(colons + 2);
        HiddenTypes = [.. parts.Skip(1)];
    }

    public TypeDefinition Type { get; }

    public MethodDefinition Enter { get; }

    public MethodDefinition Body { get; }

    public string Text { get; }

    public string TypeName { get; }

    public string MethodName { get; }

    /// <summary>The full names of the types that the wrapper's placeholders stand for, in order.</summary>
    public IReadOnlyList<string> HiddenTypes { get; }

    /// <summary>Which of the method's triggers; the first is the outermost.</summary>
    public int Index { get; }

    public static IEnumerable<Wrapper> All(ModuleDefinition module) =>
        module.Types
            .Where(static type => type.HasCustomAttributes)
            .Select(static type => (type, wraps: type.CustomAttributes.FirstOrDefault(static attribute => attribute.AttributeType.FullName == WrapsName)))
            .Where(static pair => pair.wraps is not null)
            .Select(static pair => new Wrapper(pair.type, pair.wraps!));

    /// <summary>The attribute's work is done; the assembly need not carry it.</summary>
    public void RemoveWraps() => Type.CustomAttributes.Remove(_wraps);
}
