using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MemoryTriggers.Generators.Parsing;

/// <summary>Turns a decorated method into models, one for each trigger on it. What cannot be woven gets none; an analyzer says why.</summary>
internal static class WrapperParser
{
    public static EquatableArray<WrapperModel> Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        if (context.TargetSymbol is not IMethodSymbol method) return default;
        method = method.PartialImplementationPart ?? method;
        if (!CanBeWoven(method)) return default;

        var triggers = method.GetAttributes().Where(TriggerAttributes.IsTrigger).ToList();
        var isIterator = IsIterator(method, cancellationToken);
        return new(triggers
            .Select((attribute, index) => (attribute, index))
            .Where(pair => SymbolEqualityComparer.Default.Equals(pair.attribute.AttributeClass, context.Attributes[0].AttributeClass))
            .Where(pair => StandsOn(context.TargetNode, pair.attribute))
            .Select(pair => Parse(method, pair.attribute, pair.index, isIterator)));
    }

    // Both parts of a partial method have the attributes of both, and each part comes here: each takes its own.
    private static bool StandsOn(SyntaxNode node, AttributeData attribute) =>
        attribute.ApplicationSyntaxReference is { } syntax && syntax.SyntaxTree == node.SyntaxTree && node.Span.Contains(syntax.Span);

    private static bool CanBeWoven(IMethodSymbol method) =>
        method.MethodKind is MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation or MethodKind.PropertyGet or MethodKind.PropertySet
            or MethodKind.EventAdd or MethodKind.EventRemove or MethodKind.UserDefinedOperator or MethodKind.Conversion &&
        !method.IsAbstract && !method.IsExtern && !method.IsPartialDefinition;

    private static WrapperModel Parse(IMethodSymbol method, AttributeData attribute, int attributeIndex, bool isIterator)
    {
        // C# 14: the body of an extension member is a static method of the enclosing class, its receiver the first parameter.
        var extension = method.ContainingType is { IsExtension: true } block ? block : null;
        var type = extension?.ContainingType ?? method.ContainingType;
        var parameters = extension is { ExtensionParameter: { } receiver } && !method.IsStatic
            ? method.Parameters.Insert(0, receiver)
            : method.Parameters;
        var methodTypeParameters = (extension?.TypeParameters ?? []).AddRange(method.TypeParameters);

        var names = new TypeNames();
        var classTypeParameters = Outward(type).Reverse().SelectMany(static level => level.TypeParameters).ToList();
        for (var index = 0; index < classTypeParameters.Count; index++) names.Add(classTypeParameters[index], "C" + index);
        for (var index = 0; index < methodTypeParameters.Length; index++) names.Add(methodTypeParameters[index], "M" + index);

        var trigger = TriggerAttributes.Read(attribute, method);
        var models = new List<ParameterModel>();
        if (!method.IsStatic && extension is null)
        {
            var prefix = type.IsValueType ? "ref " : "";
            models.Add(new($"{prefix}{names.Of(type)} __self", $"{prefix}__self", "__self", -1, ParameterCapture.None, "", false));
        }

        var parser = new ParameterParser(names, trigger, parameters);
        models.AddRange(parameters.Select(parser.Parse));
        var returnType = method.ReturnsVoid ? "void" : names.Of(method.ReturnType);
        var kind = Kind(method, isIterator);

        // Only now are all hidden types known.
        var hidden = names.Hidden.ToList();
        return new WrapperModel
        {
            ClassName = MetadataNames.WrapperClass(type, method, attributeIndex),
            Wraps = string.Join("|", new[] { $"{MetadataNames.Of(type)}::{method.MetadataName}" }.Concat(hidden.Select(static entry => MetadataNames.Of(entry.Type.OriginalDefinition)))) + $"#{attributeIndex}",
            Trigger = trigger,
            Return = kind,
            ReturnType = returnType,
            RefPrefix = method.RefKind switch { RefKind.Ref => "ref ", RefKind.RefReadOnly => "ref readonly ", _ => "" },
            CanCaptureResult = CanCapture(Result(method, kind)),
            IsResultSensitive = TriggerAttributes.IsSensitive(method.GetReturnTypeAttributes()) || TriggerAttributes.IsSensitive(Result(method, kind).GetAttributes()),
            IsUnsafe = returnType.Contains('*') || models.Exists(static parameter => parameter.Declaration.Contains('*')),
            ClassTypeParameters = List(classTypeParameters.Select(names.Of)),
            ClassConstraints = string.Concat(classTypeParameters.Select(names.Where)),
            MethodTypeParameters = List(methodTypeParameters.Select(names.Of).Concat(hidden.Select(static entry => entry.Name))),
            MethodConstraints = string.Concat(methodTypeParameters.Select(names.Where).Concat(hidden.Select(entry => names.WhereHidden(entry.Name)))),
            Parameters = new(models),
        };
    }

    public static bool CanCapture(ITypeSymbol type) =>
        !type.IsRefLikeType && type is not IPointerTypeSymbol and not IFunctionPointerTypeSymbol and not ITypeParameterSymbol { AllowsRefLikeType: true } ||
        IsTextSpan(type);

    public static bool IsTextSpan(ITypeSymbol type) =>
        type is INamedTypeSymbol { Name: "ReadOnlySpan" or "Span", ContainingNamespace.Name: "System", TypeArguments.Length: 1 } span &&
        span.TypeArguments[0].SpecialType == SpecialType.System_Char;

    private static ReturnKind Kind(IMethodSymbol method, bool isIterator)
    {
        if (method.ReturnsVoid) return method.IsAsync ? ReturnKind.AsyncVoid : ReturnKind.Void;
        if (method.RefKind != RefKind.None) return ReturnKind.RefValue;
        if (isIterator) return ReturnKind.Sequence;
        return method.ReturnType is INamedTypeSymbol { Name: "Task" or "ValueTask", ContainingType: null } task &&
            task.ContainingNamespace.ToDisplayString() == "System.Threading.Tasks"
                ? task.IsGenericType ? ReturnKind.TaskOfResult : ReturnKind.Task
                : ReturnKind.Value;
    }

    private static ITypeSymbol Result(IMethodSymbol method, ReturnKind kind) =>
        kind == ReturnKind.TaskOfResult ? ((INamedTypeSymbol)method.ReturnType).TypeArguments[0] : method.ReturnType;

    private static bool IsIterator(IMethodSymbol method, CancellationToken cancellationToken) =>
        method.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(cancellationToken)
            .DescendantNodes(static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .OfType<YieldStatementSyntax>().Any());

    private static IEnumerable<INamedTypeSymbol> Outward(INamedTypeSymbol type)
    {
        for (var level = type; level is not null; level = level.ContainingType) yield return level;
    }

    private static string List(IEnumerable<string> names) => names.ToList() is { Count: > 0 } list ? $"<{string.Join(", ", list)}>" : "";
}
