using Microsoft.CodeAnalysis;

namespace MemoryTriggers.Generators.Parsing;

/// <summary>The attributes that are triggers, and how to read them.</summary>
internal static class TriggerAttributes
{
    /// <summary>The full name of the one for methods of other assemblies.</summary>
    public const string CallMetadataName = $"{Namespace}.{CallName}";

    private const string Namespace = "MemoryTriggers";
    private const string Suffix = "MemoryTriggerAttribute";
    private const string CallName = "MemoryTriggerOnAttribute";
    private const string SensitiveName = "SensitiveAttribute";
    private const string ExclusionName = "NoMemoryTriggerAttribute";

    // In the order of the enum: attributes hold its values as numbers.
    private static readonly string[] TriggerTypes =
    [
        "WorkflowCompletion", "IssueResolution", "AgentOperation", "ErrorResolution",
        "ProjectMilestone", "KnowledgeCapture", "PatternDetection", "DecisionPoint",
    ];

    private static readonly string[] SubjectNames =
    [
        "Subject", "WorkflowType", "IssueId", "AgentType", "ErrorType", "Milestone", "KnowledgeType", "PatternType", "DecisionType",
        "OperationType",
    ];

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

    public static bool IsTrigger(AttributeData attribute) =>
        attribute.AttributeClass is { } type && IsOfLibrary(type) && ShortName(type) is { } name && Types.ContainsKey(name);

    /// <summary>Whether it captures the calls of a method of another assembly.</summary>
    public static bool IsCallTrigger(AttributeData attribute) =>
        attribute.AttributeClass is { Name: CallName } type && IsOfLibrary(type);

    public static bool IsExcluded(ISymbol symbol) =>
        symbol.GetAttributes().Any(static attribute => attribute.AttributeClass is { Name: ExclusionName } type && IsOfLibrary(type));

    public static bool IsSensitive(IEnumerable<AttributeData> attributes) =>
        attributes.Any(static attribute => attribute.AttributeClass is { Name: SensitiveName } type && IsOfLibrary(type));

    /// <summary>Whether it applies to more than one method: it is on a type, an assembly, or on calls.</summary>
    public static bool IsBroad(AttributeData attribute, IMethodSymbol method) =>
        IsCallTrigger(attribute) || !AppliedTriggers.On(method).Any(own => AttributePlaces.AreOne(own, attribute));

    /// <summary>
    /// Whether results are captured: unless something else is written, by a trigger on one method, or whose line shows them.
    /// </summary>
    public static bool CapturesResult(AttributeData attribute, IMethodSymbol method) =>
        Named(attribute, "CaptureResult") as bool?
        ?? (!IsBroad(attribute, method) || Named(attribute, "Content") is string line && line.Contains("{result"));

    public static TriggerModel Read(AttributeData attribute, IMethodSymbol method) => new()
    {
        Type = Type(attribute),
        Operation = method.Name.Substring(method.Name.LastIndexOf('.') + 1),
        DeclaringType = method.ContainingType.ToDisplayString(),
        TypeName = OperationNames.TypeName(method),
        MessageType = OperationNames.Message(method),
        Signature = method.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat),
        Subject = Subject(attribute),
        Project = Named(attribute, "Project") as string,
        Priority = Named(attribute, "Priority") as int?,
        Tags = new(Strings(attribute, "Tags")),
        Parameters = new(ExtensionMembers.Parameters(method).Select(static parameter => parameter.Name)),
        ParameterTypes = new(OperationNames.ParameterTypes(
            method, CapturesArguments(attribute), Named(attribute, "Content") as string)),
        ResultType = CapturesResult(attribute, method) ? OperationNames.ResultType(method) : null,
        Content = Named(attribute, "Content") as string,
        CaptureArguments = CapturesArguments(attribute),
        CaptureResult = CapturesResult(attribute, method),
        CaptureOnSuccess = Named(attribute, "CaptureOnSuccess") is not false,
        CaptureOnError = Named(attribute, "CaptureOnError") is not false,
        Durability = Named(attribute, "Durability") as int? ?? 0,
        IsCommandLine = IsCommandLine(attribute),
        RememberEach = Named(attribute, "RememberEach") as bool? ?? (IsCommandLine(attribute) || !IsBroad(attribute, method)),
    };

    /// <summary>The name of the trigger type.</summary>
    public static string Type(AttributeData attribute)
    {
        if (IsCallTrigger(attribute)) return CallType(attribute) ?? "";

        return Name(attribute) == "Cli" && Subject(attribute) is { } subject && Types.TryGetValue(Capitalized(subject), out var mapped)
            ? mapped
            : Types[Name(attribute)];
    }

    /// <summary>The name of the type of a trigger on calls; <see langword="null"/> when its value is none of the enum.</summary>
    public static string? CallType(AttributeData attribute) =>
        attribute.ConstructorArguments.Length > 2 && attribute.ConstructorArguments[2].Value is int value
            ? TriggerTypes.ElementAtOrDefault(value)
            : null;

    /// <summary>The subject of the trigger.</summary>
    public static string? Subject(AttributeData attribute) => SubjectOf(attribute)?.Value.Value as string;

    public static bool CapturesArguments(AttributeData attribute) => Named(attribute, "CaptureArguments") is true;

    /// <summary>The subject where it is written, with its name in the program.</summary>
    public static KeyValuePair<string, TypedConstant>? SubjectOf(AttributeData attribute)
    {
        // A name is set after the constructor, and so counts where there are both.
        var named = attribute.NamedArguments.FirstOrDefault(static argument => SubjectNames.Contains(argument.Key));
        if (named.Key is not null) return named;

        return IsCallTrigger(attribute) || attribute.ConstructorArguments.Length == 0
            ? null
            : new(attribute.AttributeConstructor!.Parameters.Last().Name, attribute.ConstructorArguments.Last());
    }

    private static bool IsCommandLine(AttributeData attribute) => Name(attribute) == "Cli";

    private static string Name(AttributeData attribute) => ShortName(attribute.AttributeClass!)!;

    private static bool IsOfLibrary(INamedTypeSymbol type) =>
        type.ContainingNamespace is { Name: Namespace, ContainingNamespace.IsGlobalNamespace: true };

    private static string? ShortName(INamedTypeSymbol type) =>
        type.Name.EndsWith(Suffix, StringComparison.Ordinal) ? type.Name.Substring(0, type.Name.Length - Suffix.Length) : null;

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
