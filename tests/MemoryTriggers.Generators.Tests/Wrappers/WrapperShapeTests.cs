using Microsoft.CodeAnalysis.Testing;

namespace MemoryTriggers.Generators.Wrappers;

/// <summary>Every shape compiles beside the user's code, without a warning, and has the right protocol.</summary>
public sealed class WrapperShapeTests
{
    public static TheoryData<string, string> Shapes => new()
    {
        { "class C { [WorkflowMemoryTrigger] public int M(int a) => a; }", "__record.Result(__result);" },
        { "class C { [WorkflowMemoryTrigger] public void M() { } }", "__record.Succeed();" },
        { "class C { [WorkflowMemoryTrigger] private static string? M() => null; }", "TriggerHub.End(__record)" },
        { "class C { [WorkflowMemoryTrigger] public Task M() => Task.CompletedTask; }", "ReturnCapture.Observe(__task, __record)" },
        { "class C { [WorkflowMemoryTrigger] public async Task<int> M() { await Task.Yield(); return 1; } }", "TriggerHub.BeginFlow(" },
        { "class C { [WorkflowMemoryTrigger] public ValueTask M() => default; }", "ReturnCapture.Observe(__task, __record)" },
        { "class C { [WorkflowMemoryTrigger] public ValueTask<string> M() => new(\"\"); }", "TriggerHub.Suspend(__record)" },
        { "class C { [WorkflowMemoryTrigger] public async void M() { await Task.Yield(); } }", "ReturnCapture.Await(" },
        { "class C { [WorkflowMemoryTrigger] public IEnumerable<int> M() { yield return 1; } }", "ReturnCapture.Observe(" },
        { "class C { [WorkflowMemoryTrigger] public IEnumerable<int> M() => new[] { 1 }; }", "__record.Result(__result);" },
        { "class C { [WorkflowMemoryTrigger] public System.Collections.IEnumerator M() { yield return 1; } }", "ReturnCapture.Observe(" },
        {
            "class C { [WorkflowMemoryTrigger] public async IAsyncEnumerable<int> M() { await Task.Yield(); yield return 1; } }",
            "TriggerHub.BeginSequence("
        },
        { "struct S { [WorkflowMemoryTrigger] public int M() => 1; }", "ref global::@S __self" },
        {
            "class C { [WorkflowMemoryTrigger(CaptureArguments = true)] public void M(ref int a, out int b, in int c) { b = a + c; } }",
            "__record.Argument(1, @b);"
        },
        { "class C { [WorkflowMemoryTrigger] public void M(ref readonly int a) { } }", "Body(__self, in @a)" },
        { "class C { [WorkflowMemoryTrigger] public void M(out string project) => project = \"\"; }", "__record.Succeed();" },
        { "class C { int _f; [WorkflowMemoryTrigger] public ref int M() => ref _f; }", "ref int __result = ref Body(" },
        {
            "class C<T> where T : class, new() { [WorkflowMemoryTrigger] public U M<U>(T t, U u) where U : struct => u; }",
            "<C0> where C0 : class, new()"
        },
        { "class O<A> { public class C<B> where B : A { [WorkflowMemoryTrigger] public B M(A a, B b) => b; } }", "<C0, C1> where C1 : C0" },
        { "interface I { void M(); } class C : I { [WorkflowMemoryTrigger] void I.M() { } }", "Wraps(\"C::I.M#0\")" },
        {
            "class C { private class P { } [WorkflowMemoryTrigger(CaptureArguments = true)] private P M(P p) => p; }",
            "Enter<H0>(global::@C __self, H0 @p)"
        },
        { "file class F { [WorkflowMemoryTrigger] public F M() => this; }", "Enter<H0>(H0 __self)" },
        {
            "class C { [WorkflowMemoryTrigger(CaptureArguments = true)] public unsafe void M(int* p, ReadOnlySpan<char> s, Span<int> x) " +
                "{ } }",
            "__record.NotCaptured(0, "
        },
        { "class C { [WorkflowMemoryTrigger] public ReadOnlySpan<char> M(string s) => s; }", "__record.Result(__result);" },
        { "class C { [WorkflowMemoryTrigger] public Span<int> M(Span<int> s) => s; }", "__record.Succeed();" },
        { "class C { public int P { [WorkflowMemoryTrigger] get => 1; } }", "Operation = \"get_P\"" },
        { "class C { [WorkflowMemoryTrigger] public static C operator +(C a, C b) => a; }", "op_Addition" },
        {
            "class C { [WorkflowMemoryTrigger(CaptureArguments = true)] public void M(int @class, dynamic d, (int a, string b) t, int? " +
                "n, params int[] more) { } }",
            "__record.Argument(0, @class);"
        },
        { "static class E { [WorkflowMemoryTrigger] public static int M(this string s) => s.Length; }", "__record.Result(__result);" },
        { "record R(int A) { [WorkflowMemoryTrigger] public int M() => A; }", "__record.Result(__result);" },
        { "readonly ref struct S { [WorkflowMemoryTrigger] public int M() => 1; }", "ref global::@S __self" },
        {
            "partial class C { [WorkflowMemoryTrigger] public partial int M(); public partial int M() => 1; }",
            "__record.Result(__result);"
        },
        { "class C { [WorkflowMemoryTrigger] public int[][,] M(int[][,] a) => a; }", "int[][,]" },
        { "class C { [WorkflowMemoryTrigger] public T M<T>(T t) where T : allows ref struct => t; }", "where M0 : allows ref struct" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Generate_EachShape_Compiles(string source, string expected)
    {
        var text = await GeneratorTest.WrapperAsync(source);

        Assert.Contains(
            expected,
            text.Replace("global::System.@Int32", "int", StringComparison.Ordinal)
                .Replace("global::System.Int32", "int", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("abstract class C { [WorkflowMemoryTrigger] public abstract void M(); }")]
    [InlineData("class C { [WorkflowMemoryTrigger] [System.Runtime.InteropServices.DllImport(\"c\")] public static extern void M(); }")]
    [InlineData("class C { void M() { [WorkflowMemoryTrigger] void L() { } L(); } }")]
    [InlineData("interface I { [WorkflowMemoryTrigger] void M(); }")]
    public async Task Generate_WhatCannotBeWoven_GivesNothing(string source) => Assert.Empty(await GeneratorTest.GenerateAsync(source));

    [Fact]
    public async Task Generate_WithoutTriggers_GivesNothing() =>
        Assert.Empty(await GeneratorTest.GenerateAsync("class C { void M() { } }"));

    [Fact]
    public async Task Generate_WithTriggers_AnnouncesTheAssemblyOnce()
    {
        var files = await GeneratorTest.GenerateAsync(
            "class C { [AgentMemoryTrigger(\"qa\")] void A() { } [IssueMemoryTrigger(\"I-1\")] void B() { } }");

        Assert.Equal(3, files.Count);
        Assert.Contains("ModuleInitializer", files["WeavingMark.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_SeveralTriggersOnOneMethod_KeepsTheirOrder()
    {
        var files = await GeneratorTest.GenerateAsync(
            "class C { [AgentMemoryTrigger(\"qa\"), IssueMemoryTrigger(\"I-1\"), IssueMemoryTrigger(\"I-2\")] void M() { } }");

        Assert.All([("C::M#0", "AgentOperation"), ("C::M#1", "\"I-1\""), ("C::M#2", "\"I-2\"")], expected => Assert.Contains(
            files.Values,
            text => text.Contains(expected.Item1, StringComparison.Ordinal) && text.Contains(expected.Item2, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Generate_BesideAnAssemblyThatShowsItsInternals_CompilesWithoutWarning()
    {
        const string Source = "class C { [WorkflowMemoryTrigger] void M() { } }";
        var test = new GeneratorTest(Source) { TestBehaviors = TestBehaviors.SkipGeneratedSourcesCheck };
        test.TestState.AdditionalReferences.Add(Compilations.Compile(
        [
            "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"TestProject\")]", Source,
            .. (await GeneratorTest.GenerateAsync(Source)).Values,
        ]).ToMetadataReference());

        await test.RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, test.Files.Count);
    }
}
