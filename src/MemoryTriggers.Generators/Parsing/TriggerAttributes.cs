using Microsoft.CodeAnalysis;

namespace MemoryTriggers.Generators.Parsing;

/// <summary>The attributes that are triggers, and how to read them.</summary>
internal static class TriggerAttributes
{
    private const string Namespace = "MemoryTriggers";
    private const string Suffix = "MemoryTriggerAttribute";
    private const string CallSuffix = "MemoryTriggerOnAttribute";
    private const string SensitiveName = "SensitiveAttribute";
    private const string ExclusionName = "NoMemoryTriggerAttribute";

    private static readonly Dictionary<string, string> Types = new()
    {
        ["Workflow"] = "WorkflowCompletion",
        ["Issue"] = "IssueResolution",
        ["Agent"] = "AgentOperation",
        ["Error"] = "ErrorResolution",
        ["Milestone"] = "ProjectMilestone",
        ["Knowledge"] = "KnowledgeCapture",
        ["Pattern"] = "PatternDetection",
        ["Decision"] = "DecisionPoint",
        ["Cli"] = "WorkflowCompletion",
    };

    /// <summary>The full names, for the search by attribute.</summary>
    public static IEnumerable<string> MetadataNames => Types.Keys.Select(static name => $"{Namespace}.{name}{Suffix}");

    /// <summary>The full names of those for methods of other assemblies.</summary>
    public static IEnumerable<string> CallMetadataNames =>
        Types.Keys.Where(static name => name != "Cli").Select(static name => $"{Namespace}.{name}{CallSuffix}");

    public static bool IsTrigger(AttributeData attribute) => IsOfLibrary(attribute, Suffix);

    /// <summary>Whether it captures the calls of a method of another assembly.</summary>
    public static bool IsCallTrigger(AttributeData attribute) => IsOfLibrary(attribute, CallSuffix);

    public static bool IsExcluded(ISymbol symbol) =>
        symbol.GetAttributes().Any(static attribute => attribute.AttributeClass is { Name: ExclusionName } type && IsOfLibrary(type));

    public static bool IsSensitive(IEnumerable<AttributeData> attributes) =>
        attributes.Any(static attribute => attribute.AttributeClass is { Name: SensitiveName } type && IsOfLibrary(type));

    public static TriggerModel Read(AttributeData attribute, IMethodSymbol method) => new()
    {
        Type = Type(attribute),
        Operation = method.Name.Substring(method.Name.LastIndexOf('.') + 1),
        DeclaringType = method.ContainingType.ToDisplayString(),
        Signature = method.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat),
        Subject = Subject(attribute),
        Project = Named(attribute, "Project") as string,
        Priority = Named(attribute, "Priority") as int?,
        Tags = new(Strings(attribute, "Tags")),
        Parameters = new(ExtensionMembers.Parameters(method).Select(static parameter => parameter.Name)),
        Content = Named(attribute, "Content") as string,
        CaptureArguments = CapturesArguments(attribute),
        CaptureResult = Named(attribute, "CaptureResult") is not false,
        CaptureOnSuccess = Named(attribute, "CaptureOnSuccess") is not false,
        CaptureOnError = Named(attribute, "CaptureOnError") is not false,
        Durability = Named(attribute, "Durability") as int? ?? 0,
        IsCommandLine = Name(attribute) == "Cli",
    };

    /// <summary>The name of the trigger type.</summary>
    public static string Type(AttributeData attribute) =>
        Name(attribute) == "Cli" && Subject(attribute) is { } subject && Types.TryGetValue(Capitalized(subject), out var mapped)
            ? mapped
            : Types[Name(attribute)];

    /// <summary>The subject of the trigger.</summary>
    public static string? Subject(AttributeData attribute) =>
        (SubjectArgument(attribute) is { } argument ? argument.Value : Named(attribute, "WorkflowType")) as string;

    public static bool CapturesArguments(AttributeData attribute) => Named(attribute, "CaptureArguments") is true;

    /// <summary>The subject, where the constructor asks for it: the last argument, behind the type and the method of a call.</summary>
    public static TypedConstant? SubjectArgument(AttributeData attribute) =>
        attribute.ConstructorArguments.Length > (IsCallTrigger(attribute) ? 2 : 0) ? attribute.ConstructorArguments.Last() : null;

    private static string Name(AttributeData attribute) =>
        ShortName(attribute.AttributeClass!, Suffix) ?? ShortName(attribute.AttributeClass!, CallSuffix)!;

    private static bool IsOfLibrary(AttributeData attribute, string suffix) =>
        attribute.AttributeClass is { } type && IsOfLibrary(type) && ShortName(type, suffix) is { } name && Types.ContainsKey(name);

    private static bool IsOfLibrary(INamedTypeSymbol type) =>
        type.ContainingNamespace is { Name: Namespace, ContainingNamespace.IsGlobalNamespace: true };

    private static string? ShortName(INamedTypeSymbol type, string suffix) =>
        type.Name.EndsWith(suffix, StringComparison.Ordinal) ? type.Name.Substring(0, type.Name.Length - suffix.Length) : null;

    private static string Capitalized(string word) => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word.Substring(1);

    public static object? Named(AttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value is { Kind: not TypedConstantKind.Array } value
            ? value.Value
            : null;

    private static IEnumerable<string> Strings(AttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value is { Kind: TypedConstantKind.Array,
            IsNull: false } array
            ? array.Values.Select(static item => item.Value as string).OfType<string>()
            : [];
}
