using System.Collections.Immutable;
using MemoryTriggers.Diagnostics;
using MemoryTriggers.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MemoryTriggers.Generators.Analyzers;

/// <summary>MTG004, MTG005: checks a trigger's attribute.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TriggerAttributeAnalyzer : DiagnosticAnalyzer
{
    private static readonly string[] Choice = ["Members", "MethodPattern", "TypePattern", "Implements"];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics =>
        [TriggerDiagnostics.EmptySubject, TriggerDiagnostics.DuplicateTrigger];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(AnalyzeMethod, SymbolKind.Method);
        context.RegisterSymbolAction(
            static symbol =>
                Check(AppliedTriggers.On(symbol.Symbol), symbol.Symbol.Name, symbol.ReportDiagnostic, symbol.CancellationToken),
                SymbolKind.NamedType);
        context.RegisterSemanticModelAction(AnalyzeAssembly);
    }

    private static void AnalyzeMethod(SymbolAnalysisContext context)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (method.PartialImplementationPart is not null) return;

        Check(AppliedTriggers.On(method), method.Name, context.ReportDiagnostic, context.CancellationToken);
    }

    // Attributes of the assembly belong to no symbol of a file: each file reports its own.
    private static void AnalyzeAssembly(SemanticModelAnalysisContext context)
    {
        var assembly = context.SemanticModel.Compilation.Assembly;
        var tree = context.SemanticModel.SyntaxTree;
        Action<Diagnostic> report = diagnostic =>
        {
            if (diagnostic.Location.SourceTree == tree) context.ReportDiagnostic(diagnostic);
        };
        Check(AppliedTriggers.On(assembly), assembly.Name, report, context.CancellationToken);
        Check([.. assembly.GetAttributes().Where(TriggerAttributes.IsCallTrigger)], assembly.Name, report, context.CancellationToken);
    }

    private static void Check(ImmutableArray<AttributeData> triggers, string name, Action<Diagnostic> report,
        CancellationToken cancellationToken)
    {
        for (var index = 0; index < triggers.Length; index++)
        {
            var trigger = triggers[index];
            if (TriggerAttributes.SubjectOf(trigger) is { } subject && string.IsNullOrWhiteSpace(subject.Value.Value as string))
            {
                report(Diagnostic.Create(
                    TriggerDiagnostics.EmptySubject, AttributePlaces.Of(trigger, cancellationToken), subject.Key));
            }

            if (triggers.Take(index).Any(other => IsSame(other, trigger)))
            {
                report(Diagnostic.Create(TriggerDiagnostics.DuplicateTrigger, AttributePlaces.Of(trigger, cancellationToken), name));
            }
        }
    }

    private static bool IsSame(AttributeData left, AttributeData right) =>
        TriggerAttributes.Type(left) == TriggerAttributes.Type(right)
            && TriggerAttributes.Subject(left) == TriggerAttributes.Subject(right) &&
        MeansTheSameMethods(left, right) && (AreOn("CaptureOnSuccess", left, right) || AreOn("CaptureOnError", left, right));

    // One for successes and one for failures are no duplicates: no call is remembered twice.
    private static bool AreOn(string setting, AttributeData left, AttributeData right) =>
        TriggerAttributes.Named(left, setting) is not false && TriggerAttributes.Named(right, setting) is not false;

    private static bool MeansTheSameMethods(AttributeData left, AttributeData right) =>
        Choice.All(setting => Equals(TriggerAttributes.Named(left, setting), TriggerAttributes.Named(right, setting))) &&
        Target(left) == Target(right);

    private static string Target(AttributeData trigger) => TriggerAttributes.IsCallTrigger(trigger)
        ? string.Join(" ",
            trigger.ConstructorArguments.Take(2).Concat(trigger.NamedArguments.Where(static setting => setting.Key == "ParameterTypes")
                .Select(static setting => setting.Value)).Select(static value => value.ToCSharpString()))
        : "";
}
