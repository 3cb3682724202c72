using Microsoft.CodeAnalysis;

namespace MemoryTriggers.Benchmarks.Generator;

/// <summary>The least that a generator can do for one attribute: the compiler finds and binds what carries it, and nothing is made of that.</summary>
internal sealed class SearchOnly : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var found = context.SyntaxProvider.ForAttributeWithMetadataName(
            "MemoryTriggers.WorkflowMemoryTriggerAttribute", static (_, _) => true, static (target, _) => target.TargetNode.SpanStart);
        context.RegisterSourceOutput(found.Collect(), static (_, _) => { });
    }
}
