using System.Text;
using System.Text.RegularExpressions;
using MemoryTriggers.TestKit;
using Microsoft.CodeAnalysis.Text;

namespace MemoryTriggers.Generators.Wrappers;

/// <summary>The whole text of a wrapper of each kind, as a reader of the generated files sees it.</summary>
public sealed class WrapperTextTests
{
    [Theory]
    [InlineData(
        "value",
        "class C { [WorkflowMemoryTrigger(WorkflowType = \"push\", CaptureArguments = true, Content = \"Pushed {branch}\", Tags = new[] " +
            "{ \"a\" })] public int M(string branch, [Sensitive] string key, out int count) => count = 1; }")]
    [InlineData(
        "task",
        "class C { [AgentMemoryTrigger(\"qa\", Project = \"shop\", Priority = TriggerPriority.Critical)] private static async " +
            "Task<string> M(int a) { await Task.Yield(); return \"\"; } }")]
    [InlineData("async-void", "class C { [WorkflowMemoryTrigger] async void M() { await Task.Yield(); } }")]
    [InlineData("sequence", "class C { [WorkflowMemoryTrigger] IEnumerable<int> M() { yield return 1; } }")]
    [InlineData(
        "generic-struct-ref",
        "struct S<X> where X : class { private class P { } [WorkflowMemoryTrigger(CaptureArguments = true)] private ref readonly X " +
            "M<Y>(ref X x, in Y y, List<P> hidden) where Y : struct => ref x; }")]
    [InlineData(
        "call",
        "[assembly: MemoryTriggerOn(typeof(List<>), nameof(List<int>.IndexOf), TriggerType.KnowledgeCapture, Subject = \"search\", " +
            "ParameterTypes = null, CaptureArguments = true, CaptureOnSuccess = false)]")]
    public async Task Wrapper_OfEachKind_HasTheApprovedText(string name, string source)
    {
        var test = new GeneratorTest(source);
        foreach (var (hint, text) in Approved(name).Append((GeneratorTest.Mark, File.ReadAllText(PathOf("mark")))))
        {
            test.TestState.GeneratedSources.Add((typeof(TriggerGenerator), hint, SourceText.From(text, Encoding.UTF8)));
        }

        try
        {
            await test.RunAsync(TestContext.Current.CancellationToken);
        }
        catch
        {
            // Replace the approved file by this one if the change is meant.
            var wrappers = (await GeneratorTest.GenerateAsync(source)).Where(static file => file.Key != GeneratorTest.Mark)
                .Select(static file => $"// {file.Key}\n{file.Value}");
            File.WriteAllText(PathOf(name).Replace(".approved.", ".received.", StringComparison.Ordinal), string.Join('\n', wrappers));
            throw;
        }
    }

    // A file begins with its name: "// name.g.cs".
    private static IEnumerable<(string Hint, string Text)> Approved(string name) =>
        Regex.Split(File.ReadAllText(PathOf(name)), @"(?:^|\n(?=//.+\.g\.cs\n))// (.+\.g\.cs)\n")
            .Skip(1).Chunk(2).Select(static file => (file[0], file[1]));

    private static string PathOf(string name) =>
        Path.Combine(RepositoryRoot.Path, "tests", "MemoryTriggers.Generators.Tests", "Wrappers", "Approved", name + ".approved.txt");
}
