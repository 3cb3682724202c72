using MemoryTriggers.Generators.Emission;
using MemoryTriggers.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace MemoryTriggers.Generators;

/// <summary>
/// For each trigger attribute on a method, one wrapper as C# that anyone can read; the weaver puts it around the method's body.
/// Parsing turns symbols into values, emission turns values into text. Mistakes are reported by the analyzers.
/// </summary>
[Generator]
public sealed class TriggerGenerator : IIncrementalGenerator
{
    /// <summary>The tracking name of the step that turns symbols into models.</summary>
    public const string ParseStep = "Parse";

    /// <summary>The tracking name of the step that asks whether there is any trigger at all.</summary>
    public const string AnyStep = "Any";

    /// <summary>The tracking name of the step that asks what the framework and the language have.</summary>
    public const string TargetStep = "Target";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<bool>? any = null;
        var target = context.CompilationProvider.Select(static (compilation, _) => CompilationTarget.Of(compilation))
            .WithTrackingName(TargetStep);
        foreach (var attribute in TriggerAttributes.MetadataNames) Add(attribute, WrapperParser.Parse);
        Add(TriggerAttributes.CallMetadataName, RedirectParser.Parse);

        context.RegisterSourceOutput(any!.Value.WithTrackingName(AnyStep).Combine(target), static (output, pair) =>
        {
            if (pair.Left && pair.Right.IsSupported) output.AddSource(WeavingMarkEmitter.HintName, WeavingMarkEmitter.Emit(pair.Right));
        });

        void Add(string attribute, Func<GeneratorAttributeSyntaxContext, CancellationToken, EquatableArray<WrapperModel>> parse)
        {
            var wrappers = context.SyntaxProvider.ForAttributeWithMetadataName(attribute, static (_, _) => true, parse)
                .SelectMany(static (models, _) => models)
                .WithTrackingName(ParseStep);
            context.RegisterSourceOutput(wrappers.Combine(target), static (output, pair) =>
            {
                if (pair.Right.IsSupported) output.AddSource(pair.Left.HintName, WrapperEmitter.Emit(pair.Left, pair.Right));
            });

            var some = wrappers.Collect().Select(static (models, _) => models.Length > 0);
            any = any is { } others ? others.Combine(some).Select(static (pair, _) => pair.Left || pair.Right) : some;
        }
    }
}
