namespace MemoryTriggers.Generators.Parsing;

/// <summary>All that a wrapper's text is made of. Values only.</summary>
internal sealed record WrapperModel
{
    public required string ClassName { get; init; }

    /// <summary>Which method, in the words of the weaver.</summary>
    public required string Wraps { get; init; }

    /// <summary>Whether calls of the method are redirected to the wrapper, because it has no body in this assembly.</summary>
    public required bool IsRedirect { get; init; }

    public required TriggerModel Trigger { get; init; }

    public required ReturnKind Return { get; init; }

    /// <summary>The return type; for <see cref="ReturnKind.AsyncVoid"/> that of the method, <c>void</c>.</summary>
    public required string ReturnType { get; init; }

    /// <summary><c>ref </c> or <c>ref readonly </c>, or empty.</summary>
    public required string RefPrefix { get; init; }

    public required bool CanCaptureResult { get; init; }

    public required bool IsResultSensitive { get; init; }

    public required bool IsUnsafe { get; init; }

    /// <summary>Such as <c>&lt;C0&gt;</c>, and its constraints.</summary>
    public required string ClassTypeParameters { get; init; }

    public required string ClassConstraints { get; init; }

    public required string MethodTypeParameters { get; init; }

    public required string MethodConstraints { get; init; }

    /// <summary>The receiver first, where there is one.</summary>
    public required EquatableArray<ParameterModel> Parameters { get; init; }

    public string HintName => ClassName + ".g.cs";
}
