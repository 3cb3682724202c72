using System.Collections.Immutable;
using MemoryTriggers.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MemoryTriggers.Generators.Analyzers;

/// <summary>MTG012: a tag that is known at compile time can be stored, listed and asked for.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TagAnalyzer : DiagnosticAnalyzer
{
    private const int MaxLength = 100;

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [TriggerDiagnostics.InvalidTag];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(AnalyzeCall, OperationKind.Invocation);
        context.RegisterOperationAction(AnalyzeAttribute, OperationKind.Attribute);
    }

    private static void AnalyzeCall(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!ScopeCalls.IsOnScope(call, "AddTags")) return;
        foreach (var argument in call.Arguments) Check(context, argument.Value);
    }

    private static void AnalyzeAttribute(OperationAnalysisContext context)
    {
        if (((IAttributeOperation)context.Operation).Operation is not IObjectCreationOperation { Initializer: { } settings }) return;
        foreach (var setting in settings.Initializers.OfType<ISimpleAssignmentOperation>())
        {
            if (setting.Target is IPropertyReferenceOperation { Property: { Name: "Tags" } tags } &&
                ScopeCalls.IsOfLibrary(tags.ContainingType, "TriggerSettingsAttribute"))
            {
                Check(context, setting.Value);
            }
        }
    }

    private static void Check(OperationAnalysisContext context, IOperation tags)
    {
        foreach (var tag in Elements(tags))
        {
            if (tag.ConstantValue is { HasValue: true, Value: var value } && Problem(value as string) is { } problem)
            {
                context.ReportDiagnostic(Diagnostic.Create(TriggerDiagnostics.InvalidTag, tag.Syntax.GetLocation(), problem));
            }
        }
    }

    private static IEnumerable<IOperation> Elements(IOperation tags) => tags switch
    {
        IConversionOperation { ConstantValue.HasValue: false } conversion => Elements(conversion.Operand),
        ICollectionExpressionOperation collection => collection.Elements.SelectMany(Elements),
        IArrayCreationOperation { Initializer: { } items } => items.ElementValues.SelectMany(Elements),
        _ => [tags],
    };

    private static string? Problem(string? tag) => tag switch
    {
        null or "" => "is empty, and is left out",
        _ when string.IsNullOrWhiteSpace(tag) => "is only white space, and is left out",
        _ when tag.Contains(',') => "contains a comma, which separates tags in lists; pass two tags",
        _ when tag.Any(char.IsControl) => "contains a control character",
        { Length: > MaxLength } => $"is {tag.Length} characters long; at most {MaxLength} can be read in a list",
        _ => null,
    };
}
