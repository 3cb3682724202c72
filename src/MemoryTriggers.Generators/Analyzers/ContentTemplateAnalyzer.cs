using System.Collections.Immutable;
using MemoryTriggers.Diagnostics;
using MemoryTriggers.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MemoryTriggers.Generators.Analyzers;

/// <summary>MTG002: a content template names what exists, and closes its braces.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ContentTemplateAnalyzer : DiagnosticAnalyzer
{
    private static readonly string[] Ambient = ["operation", "project", "duration", "error"];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [TriggerDiagnostics.ContentTemplate];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.Method);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (method.PartialImplementationPart is not null) return;
        foreach (var attribute in method.GetAttributes().Where(TriggerAttributes.IsTrigger))
        {
            if (TriggerAttributes.Read(attribute, method).Content is not { } template) continue;
            foreach (var problem in Problems(template, method))
            {
                var syntax = attribute.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken) as AttributeSyntax;
                var argument = syntax?.ArgumentList?.Arguments.FirstOrDefault(static argument => argument.NameEquals?.Name.Identifier.ValueText == "Content");
                context.ReportDiagnostic(Diagnostic.Create(
                    TriggerDiagnostics.ContentTemplate, (argument?.Expression ?? (SyntaxNode?)syntax)?.GetLocation(), problem));
            }
        }
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
        if (Ambient.Contains(parts[0])) return parts.Length == 1 ? null : $"asks '{parts[0]}' for a member; it is text";

        var type = parts[0] == "result" ? Result(method) : ExtensionMembers.Parameters(method).FirstOrDefault(parameter => parameter.Name == parts[0])?.Type;
        if (type is null)
        {
            return parts[0] == "result"
                ? "names 'result', and the method has none"
                : $"names '{parts[0]}', which is no parameter of '{method.Name}'; known are the parameters, result, error, operation, project and duration";
        }

        foreach (var part in parts.Skip(1))
        {
            if (type is IDynamicTypeSymbol) return null;
            if (Member(type!, part) is not { } member) return $"names '{part}', which '{type!.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}' does not have";
            type = member;
        }

        return null;
    }

    private static ITypeSymbol? Result(IMethodSymbol method) => method switch
    {
        { ReturnsVoid: true } => null,
        { ReturnType: INamedTypeSymbol { Name: "Task" or "ValueTask" } task } when task.ContainingNamespace.ToDisplayString() == "System.Threading.Tasks" => task.TypeArguments.FirstOrDefault(),
        _ => method.ReturnType,
    };

    private static ITypeSymbol? Member(ITypeSymbol type, string name)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable) type = nullable.TypeArguments[0];
        if (type is ITypeParameterSymbol parameter) return parameter.ConstraintTypes.Select(constraint => Member(constraint, name)).FirstOrDefault(static found => found is not null);

        for (var level = type; level is not null; level = level.BaseType)
        {
            foreach (var member in level.GetMembers(name))
            {
                if (member.DeclaredAccessibility != Accessibility.Public) continue;
                if (member is IPropertySymbol property) return property.Type;
                if (member is IFieldSymbol field) return field.Type;
            }
        }

        return type.AllInterfaces.SelectMany(contract => contract.GetMembers(name)).OfType<IPropertySymbol>().FirstOrDefault()?.Type;
    }
}
