using MemoryTriggers.TestKit;

namespace MemoryTriggers.Generators.Wrappers;

/// <summary>The whole text of a wrapper of each kind, as a reader of the generated files sees it.</summary>
public sealed class WrapperTextTests
{
    [Theory]
    [InlineData("value", "class C { [WorkflowMemoryTrigger(WorkflowType = \"push\", CaptureArguments = true, Content = \"Pushed {branch}\", Tags = new[] { \"a\" })] public int M(string branch, [Sensitive] string key, out int count) => count = 1; }")]
    [InlineData("task", "class C { [AgentMemoryTrigger(\"qa\", Project = \"shop\", Priority = TriggerPriority.Critical)] private static async Task<string> M(int a) { await Task.Yield(); return \"\"; } }")]
    [InlineData("async-void", "class C { [WorkflowMemoryTrigger] async void M() { await Task.Yield(); } }")]
    [InlineData("sequence", "class C { [WorkflowMemoryTrigger] IEnumerable<int> M() { yield return 1; } }")]
    [InlineData("generic-struct-ref", "struct S<X> where X : class { private class P { } [WorkflowMemoryTrigger(CaptureArguments = true)] private ref readonly X M<Y>(ref X x, in Y y, List<P> hidden) where Y : struct => ref x; }")]
    [InlineData("call", "[assembly: KnowledgeMemoryTriggerOn(typeof(List<>), nameof(List<int>.IndexOf), \"search\", ParameterTypes = null, CaptureArguments = true, CaptureOnSuccess = false)]")]
    public void Wrapper_OfEachKind_HasTheApprovedText(string name, string source)
    {
        var files = GeneratorHarness.Generate(source).Where(static file => file.Key != "WeavingMark.g.cs").OrderBy(static file => file.Key, StringComparer.Ordinal);

        Approval.Verify(
            string.Join('\n', files.Select(static file => $"// {file.Key}\n{file.Value}")),
            Path.Combine(RepositoryRoot.Path, "tests", "MemoryTriggers.Generators.Tests", "Wrappers", "Approved"), name);
    }
}
