using MemoryTriggers.CodeFixes;

namespace MemoryTriggers.Generators.CodeFixes;

public sealed class AwaitUsingTests
{
    [Theory]
    [InlineData("{|MTG007:using|} var s = TriggerScope.Workflow(\"x\");", "await using var s = TriggerScope.Workflow(\"x\");")]
    [InlineData("{|MTG007:using|} (TriggerScope.Workflow(\"x\")) { }", "await using (TriggerScope.Workflow(\"x\")) { }")]
    [InlineData(
        "// it\n        {|MTG007:using|}  var s = TriggerScope.Workflow(\"x\"); // so\n",
        "// it\n        await using  var s = TriggerScope.Workflow(\"x\"); // so\n")]
    [InlineData(
        "{|MTG007:using|} var s = TriggerScope.Workflow(\"x\"); {|MTG007:using|} (var t = TriggerScope.Agent(\"y\")) { }",
        "await using var s = TriggerScope.Workflow(\"x\"); await using (var t = TriggerScope.Agent(\"y\")) { }")]
    [InlineData(
        "{|MTG007:using|} (var s = TriggerScope.Workflow(\"x\")) { {|MTG007:using|} (s) { } }",
        "await using (var s = TriggerScope.Workflow(\"x\")) { await using (s) { } }")]
    public Task Applied_AwaitsTheDisposal(string marked, string expected) =>
        CodeFixTest<AwaitUsingCodeFixProvider>.VerifyAsync(Source(marked), Source(expected));

    [Fact]
    public Task AppliedToAll_AwaitsInEveryFile() => CodeFixTest<AwaitUsingCodeFixProvider>.VerifyAsync(
        [Source("{|MTG007:using|} var s = TriggerScope.Workflow(\"x\");", "A"),
         Source("{|MTG007:using|} (TriggerScope.Workflow(\"x\")) { }", "B")],
        [Source("await using var s = TriggerScope.Workflow(\"x\");", "A"), Source("await using (TriggerScope.Workflow(\"x\")) { }", "B")]);

    private static string Source(string statements, string name = "C") =>
        $"class {name} {{ async Task M() {{ {statements} await Task.Yield(); }} }}";
}
