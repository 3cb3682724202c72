using System.Collections.Immutable;
using MemoryTriggers.Diagnostics;
using MemoryTriggers.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MemoryTriggers.Generators.Analyzers;

/// <summary>MTG002: a content template names what exists, and closes its braces.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ContentTemplateAnalyzer : DiagnosticAnalyzer
{
    private static readonly string[] Ambient = ["operation", "project", "duration"];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [TriggerDiagnostics.ContentTemplate];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(AnalyzeMethod, SymbolKind.Method);
        context.RegisterSymbolAction(AnalyzeType, SymbolKind.NamedType);
        context.RegisterSemanticModelAction(AnalyzeAssembly);
    }

    private static void AnalyzeMethod(SymbolAnalysisContext context)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (method.PartialImplementationPart is not null) return;
        foreach (var attribute in AppliedTriggers.On(method))
            Check(attribute, [method], context.ReportDiagnostic, context.CancellationToken);
    }

    private static void AnalyzeType(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        foreach (var attribute in AppliedTriggers.On(type))
        {
            Check(attribute, AppliedTriggers.Candidates(type).Where(method => TriggerPattern.Matches(attribute, method, type)),
                context.ReportDiagnostic, context.CancellationToken);
        }
    }

    private static void AnalyzeAssembly(SemanticModelAnalysisContext context)
    {
        var compilation = context.SemanticModel.Compilation;
        foreach (var attribute in compilation.Assembly.GetAttributes().Where(TriggerAttributes.IsCallTrigger))
        {
            if (!AttributePlaces.StandsIn(attribute, context.SemanticModel.SyntaxTree)) continue;
            Check(attribute, RedirectTargets.Of(attribute, compilation).Methods, context.ReportDiagnostic, context.CancellationToken);
        }
    }

    // A template for several methods may name what only some of them have: what none has is a mistake.
    private static void Check(AttributeData attribute, IEnumerable<IMethodSymbol> methods, Action<Diagnostic> report,
        CancellationToken cancellationToken)
    {
        if (TriggerAttributes.Named(attribute, "Content") is not string template) return;

        HashSet<string>? problems = null;
        foreach (var method in methods)
        {
            if (problems is null) problems = [.. Problems(template, method)];
            else problems.IntersectWith(Problems(template, method));
        }

        var place = AttributePlaces.Setting(attribute, "Content", cancellationToken)?.Expression.GetLocation()
            ?? AttributePlaces.Of(attribute, cancellationToken);
        foreach (var problem in problems ?? []) report(Diagnostic.Create(TriggerDiagnostics.ContentTemplate, place, problem));
    }

    private static IEnumerable<string> Problems(string template, IMethodSymbol method)
    {
        for (var at = 0; at < template.Length; at++)
        {
            if (template[at] is not ('{' or '}')) continue;
            if (at + 1 < template.Length && template[at + 1] == template[at])
            {
                at++;
                continue;
            }

            var end = template[at] == '{' ? template.IndexOf('}', at) : -1;
            if (end < 0)
            {
                yield return $"has a brace without its partner at position {at}; write it twice to have it in the text";
                yield break;
            }

            if (Problem(template.Substring(at + 1, end - at - 1), method) is { } problem) yield return problem;
            at = end;
        }
    }

    private static string? Problem(string name, IMethodSymbol method)
    {
        var parts = name.Split('.');
        // An error's members are those of whatever exception is thrown.
        if (parts[0] == "error") return parts.All(static part => part.Length > 0) ? null : "names a member of 'error' without a name";
        if (Ambient.Contains(parts[0])) return parts.Length == 1 ? null : $"asks '{parts[0]}' for a member; it is text";

        var type = parts[0] == "result"
            ? MethodResult.Of(method)
            : ExtensionMembers.Parameters(method).FirstOrDefault(parameter => parameter.Name == parts[0])?.Type;
        if (type is null)
        {
            return parts[0] == "result"
                ? "names 'result', and the method has none"
                : $"names '{parts[0]}', which is no parameter; known are the parameters, result, error, operation, project and duration";
        }

        foreach (var part in parts.Skip(1))
        {
            (type, var problem) = TemplateMember.Of(type!, part);
            if (problem is not null) return problem;
            if (type is null) return null;
        }

        return null;
    }
}
