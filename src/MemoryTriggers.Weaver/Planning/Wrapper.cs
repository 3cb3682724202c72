using System.Globalization;
using Mono.Cecil;

namespace MemoryTriggers.Weaver.Planning;

/// <summary>
/// A generated wrapper: the class, its two methods of interest, and what <c>[Wraps]</c> says of its method.
/// </summary>
internal sealed class Wrapper
{
    private const string WrapsName = "MemoryTriggers.Capture.WrapsAttribute";
    private readonly CustomAttribute _mark;
    private readonly int? _trigger;

    private Wrapper(TypeDefinition type, CustomAttribute mark)
    {
        (Type, _mark) = (type, mark);
        Enter = type.Methods.Single(static method => method.Name == "Enter");
        Body = type.Methods.Single(static method => method.Name == "Body");

        // type::method|hidden|hidden#index, and .trigger where calls are redirected
        Text = (string)mark.ConstructorArguments[0].Value;
        var hash = Text.LastIndexOf('#');
        var numbers = Text.Substring(hash + 1).Split('.');
        Index = int.Parse(numbers[0], CultureInfo.InvariantCulture);
        _trigger = numbers.Length > 1 ? int.Parse(numbers[1], CultureInfo.InvariantCulture) : null;
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

    /// <summary>The full names of the types of the wrapper's placeholders, in order.</summary>
    public IReadOnlyList<string> HiddenTypes { get; }

    /// <summary>Which of the method's triggers; the first is the outermost.</summary>
    public int Index { get; }

    /// <summary>Which of the assembly's triggers on calls it belongs to: one of them may name several overloads.</summary>
    public int Trigger => _trigger ?? 0;

    /// <summary>Those that go around the body of a method of the module.</summary>
    public static IEnumerable<Wrapper> OfBodies(ModuleDefinition module) => All(module).Where(static wrapper => wrapper._trigger is null);

    /// <summary>Those that calls are redirected to.</summary>
    public static IEnumerable<Wrapper> OfCalls(ModuleDefinition module) => All(module).Where(static wrapper => wrapper._trigger != null);

    /// <summary>The attribute's work is done; the assembly need not carry it.</summary>
    public void RemoveMark() => Type.CustomAttributes.Remove(_mark);

    private static IEnumerable<Wrapper> All(ModuleDefinition module) =>
        module.Types
            .Where(static type => type.HasCustomAttributes)
            .Select(type =>
                (type, mark: type.CustomAttributes.FirstOrDefault(attribute => attribute.AttributeType.FullName == WrapsName)))
            .Where(static pair => pair.mark is not null)
            .Select(static pair => new Wrapper(pair.type, pair.mark!));
}
