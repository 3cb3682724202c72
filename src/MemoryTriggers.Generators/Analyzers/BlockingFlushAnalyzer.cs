using System.Collections.Immutable;
using MemoryTriggers.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace MemoryTriggers.Generators.Analyzers;

/// <summary>MTG011: a thread is blocked until everything is stored.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BlockingFlushAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [TriggerDiagnostics.BlockingFlush];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(Analyze, OperationKind.Invocation);
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        var flush = (IInvocationOperation)context.Operation;
        if (flush.TargetMethod.Name != "FlushAsync" || !ScopeCalls.IsOfLibrary(flush.TargetMethod.ContainingType, "MemoryTriggerService"))
            return;

        var (user, name) = Use(flush);
        if (name is "ConfigureAwait") (user, name) = Use(user!);
        if (name is "GetAwaiter") (user, name) = Use(user!);
        if (name is "Wait" or "Result" or "GetResult")
        {
            context.ReportDiagnostic(Diagnostic.Create(TriggerDiagnostics.BlockingFlush, user!.Syntax.GetLocation(), name));
        }
    }

    /// <summary>The member that is called or read on the value.</summary>
    private static (IOperation? User, string? Name) Use(IOperation value) => value.Parent switch
    {
        IInvocationOperation call when call.Instance == value => (call, call.TargetMethod.Name),
        IPropertyReferenceOperation property when property.Instance == value => (property, property.Property.Name),
        _ => (null, null),
    };
}
