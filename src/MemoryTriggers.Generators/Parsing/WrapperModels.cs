using Microsoft.CodeAnalysis;

namespace MemoryTriggers.Generators.Parsing;

/// <summary>Turns a method and one of its triggers into the model of a wrapper.</summary>
internal static class WrapperModels
{
    /// <summary>Of a wrapper around the body of a method of this compilation.</summary>
    /// <param name="method">The method.</param>
    /// <param name="attribute">One of its triggers.</param>
    /// <param name="index">The place of that trigger among them.</param>
    /// <param name="isIterator">Whether the body yields.</param>
    public static WrapperModel OfBody(IMethodSymbol method, AttributeData attribute, int index, bool isIterator) =>
        Create(method, attribute, index, Kind(method, isIterator), trigger: null);

    /// <summary>Of a wrapper that calls of a method are redirected to. How the method's body is made is not known there.</summary>
    /// <param name="method">The method.</param>
    /// <param name="attribute">One of the triggers on its calls.</param>
    /// <param name="index">The place of that trigger among those of the method.</param>
    /// <param name="number">The place of that trigger among all on calls of this assembly.</param>
    public static WrapperModel OfCalls(IMethodSymbol method, AttributeData attribute, int index, int number) =>
        Create(method, attribute, index, method.ReturnsVoid ? ReturnKind.Void : Kind(method, isIterator: false), number);

    private static WrapperModel Create(IMethodSymbol method, AttributeData attribute, int attributeIndex, ReturnKind kind, int? trigger)
    {
        var isRedirect = trigger is not null;
        var extension = ExtensionMembers.Block(method);
        var type = ExtensionMembers.DeclaringType(method);
        var parameters = ExtensionMembers.Parameters(method);
        var methodTypeParameters = (extension?.TypeParameters ?? []).AddRange(method.TypeParameters);

        var names = new TypeNames();
        var classTypeParameters = Outward(type).Reverse().SelectMany(static level => level.TypeParameters).ToList();
        for (var index = 0; index < classTypeParameters.Count; index++) names.Add(classTypeParameters[index], "C" + index);
        for (var index = 0; index < methodTypeParameters.Length; index++) names.Add(methodTypeParameters[index], "M" + index);

        var settings = TriggerAttributes.Read(attribute, method);
        var models = new List<ParameterModel>();
        if (!method.IsStatic && extension is null)
        {
            var prefix = type.IsValueType ? "ref " : "";
            models.Add(new($"{prefix}{names.Of(type)} __self", $"{prefix}__self", "__self", -1, ParameterCapture.None, "", false));
        }

        var parser = new ParameterParser(names, settings, parameters);
        models.AddRange(parameters.Select(parser.Parse));
        var returnType = method.ReturnsVoid ? "void" : names.Of(method.ReturnType);

        // Only now are all hidden types known.
        var hidden = names.Hidden.ToList();
        return new WrapperModel
        {
            ClassName = MetadataNames.WrapperClass(type, method, attributeIndex, isRedirect),
            IsRedirect = isRedirect,
            Wraps = string.Join("|",
                new[]
                {
                    $"{MetadataNames.Of(type)}::{method.MetadataName}",
                }.Concat(hidden.Select(static entry => MetadataNames.Of(entry.Type.OriginalDefinition))))
                + $"#{attributeIndex}{(trigger is { } number ? $".{number}" : "")}",
            Trigger = settings,
            Return = kind,
            ReturnType = returnType,
            RefPrefix = method.RefKind switch { RefKind.Ref => "ref ", RefKind.RefReadOnly => "ref readonly ", _ => "" },
            CanCaptureResult = Capturable.Is(Result(method, kind)),
            IsResultSensitive = SecretTypes.IsResultSecretByName(method)
                || TriggerAttributes.IsSensitive(method.GetReturnTypeAttributes())
                || TriggerAttributes.IsSensitive(Result(method, kind).GetAttributes()),
            IsUnsafe = returnType.Contains('*') || models.Exists(static parameter => parameter.Declaration.Contains('*')),
            ClassTypeParameters = List(classTypeParameters.Select(names.Of)),
            ClassConstraints = string.Concat(classTypeParameters.Select(names.Where)),
            MethodTypeParameters = List(methodTypeParameters.Select(names.Of).Concat(hidden.Select(static entry => entry.Name))),
            MethodConstraints = string.Concat(methodTypeParameters.Select(names.Where)
                .Concat(hidden.Select(entry => names.WhereHidden(entry.Name)))),
            Parameters = new(models),
        };
    }

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

    private static IEnumerable<INamedTypeSymbol> Outward(INamedTypeSymbol type)
    {
        for (var level = type; level is not null; level = level.ContainingType) yield return level;
    }

    private static string List(IEnumerable<string> names) => names.ToList() is { Count: > 0 } list ? $"<{string.Join(", ", list)}>" : "";
}
