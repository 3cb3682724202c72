using System.Collections;
using System.Reflection;
using MemoryTriggers.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MemoryTriggers.Generators.Wrappers;

public sealed class IncrementalTests
{
    private const string Source = "class C { [WorkflowMemoryTrigger(CaptureArguments = true)] public int M(int a) => a; void Other() { } }";

    [Fact]
    public void UnrelatedEdit_LeavesEveryStepAsItWas()
    {
        var compilation = Compilations.Compile(Source);
        var driver = Driver().RunGenerators(compilation, TestContext.Current.CancellationToken);
        var unrelated = CSharpSyntaxTree.ParseText(
            "class Unrelated { int x = 1; }", Compilations.ParseOptions, cancellationToken: TestContext.Current.CancellationToken);
        var edited = compilation.AddSyntaxTrees(unrelated);

        var result = driver.RunGenerators(edited, TestContext.Current.CancellationToken).GetRunResult().Results.Single();

        var steps = result.TrackedSteps.Where(static step => step.Key is TriggerGenerator.ParseStep or TriggerGenerator.AnyStep)
            .SelectMany(static step => step.Value).Concat(result.TrackedOutputSteps.SelectMany(static step => step.Value));
        var reasons = steps.SelectMany(static step => step.Outputs).Select(static output => output.Reason).ToList();
        Assert.NotEmpty(reasons);
        Assert.All(reasons, AssertNotRunAgain);
    }

    [Fact]
    public void EditInsideTheBody_LeavesTheOutputAsItWas()
    {
        var compilation = Compilations.Compile(Source);
        var driver = Driver().RunGenerators(compilation, TestContext.Current.CancellationToken);
        var edited = Compilations.Compile(Source.Replace("=> a;", "=> a + 1;", StringComparison.Ordinal));

        var result = driver.RunGenerators(edited, TestContext.Current.CancellationToken).GetRunResult().Results.Single();

        Assert.All(result.TrackedOutputSteps.SelectMany(static step => step.Value).SelectMany(static step => step.Outputs),
            static output => AssertNotRunAgain(output.Reason));
    }

    [Fact]
    public void Models_HoldValuesOnly()
    {
        var driver = Driver().RunGenerators(Compilations.Compile(Source), TestContext.Current.CancellationToken);

        var models = driver.GetRunResult().Results.Single().TrackedSteps[TriggerGenerator.ParseStep]
            .SelectMany(static step => step.Outputs).Select(static output => output.Value).ToList();

        Assert.IsType<WrapperModel>(Assert.Single(models));
        Assert.All(models.SelectMany(Reachable), static value => Assert.False(
            value is ISymbol or Compilation or SyntaxNode or SyntaxTree or Location or SemanticModel, value.GetType().FullName));
    }

    private static CSharpGeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new TriggerGenerator().AsSourceGenerator()],
        parseOptions: Compilations.ParseOptions,
        driverOptions: new(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    private static void AssertNotRunAgain(IncrementalStepRunReason reason) =>
        Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, reason.ToString());

    private static IEnumerable<object> Reachable(object? value)
    {
        if (value is null) yield break;
        yield return value;
        if (value is string || value.GetType().IsPrimitive || value.GetType().IsEnum) yield break;

        var inner = value is IEnumerable items
            ? items.Cast<object?>()
            : value.GetType().GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)
                .Select(field => field.GetValue(value));
        foreach (var reached in inner.SelectMany(Reachable)) yield return reached;
    }
}
