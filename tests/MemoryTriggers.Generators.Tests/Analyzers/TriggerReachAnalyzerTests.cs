namespace MemoryTriggers.Generators.Analyzers;

public sealed class TriggerReachAnalyzerTests
{
    [Theory]
    [InlineData("[{|MTG013:WorkflowMemoryTrigger(MethodPattern = \"Pusch*\")|}] class C { public void Push() { } }")]
    [InlineData("[{|MTG013:WorkflowMemoryTrigger|}] class C { private void M() { } internal void N() { } }")]
    [InlineData(
        "[{|MTG013:WorkflowMemoryTrigger|}] class C { public C() { } public int P { get; set; } public override string ToString() => " +
            "\"\"; }")]
    [InlineData(
        "[{|MTG013:WorkflowMemoryTrigger|}] abstract class C { public abstract void M(); [AgentMemoryTrigger(\"qa\")] public void N() { " +
            "} }")]
    [InlineData(
        "[{|MTG013:WorkflowMemoryTrigger|}] class C { [System.CodeDom.Compiler.GeneratedCode(\"a\", \"1\")] public void M() { } }")]
    [InlineData("[{|MTG013:WorkflowMemoryTrigger|}, NoMemoryTrigger] class C { public void M() { } }")]
    [InlineData("class C { [{|MTG013:WorkflowMemoryTrigger|}, NoMemoryTrigger] public void M() { } }")]
    [InlineData("[assembly: {|MTG013:WorkflowMemoryTrigger(TypePattern = \"Shop.*\")|}] class C { public void M() { } }")]
    [InlineData(
        "[assembly: {|MTG013:WorkflowMemoryTrigger(TypePattern = \"Shop.*\")|}] [assembly: AgentMemoryTrigger(\"qa\")] class C { public " +
            "void M() { } }")]
    public Task Trigger_ThatNoMethodGets_IsReported(string marked) => AnalyzerTest.VerifyAsync(marked);

    [Theory]
    [InlineData("[WorkflowMemoryTrigger(MethodPattern = \"Push*\")] class C { public void Push() { } }")]
    [InlineData("[WorkflowMemoryTrigger(Members = TriggerMembers.Private)] class C { void M() { } }")]
    [InlineData("[WorkflowMemoryTrigger(Members = TriggerMembers.Internal)] class C { protected internal void M() { } }")]
    [InlineData(
        "[WorkflowMemoryTrigger(Members = TriggerMembers.Public | TriggerMembers.Accessors)] class C { public int P { get => 1; } }")]
    [InlineData("[WorkflowMemoryTrigger] static class C { extension(string s) { public int M() => s.Length; } }")]
    [InlineData("[assembly: WorkflowMemoryTrigger(TypePattern = \"Shop.*\")] namespace Shop { class C { public void M() { } } }")]
    public Task Trigger_ThatAMethodGets_IsNotReported(string marked) => AnalyzerTest.VerifyAsync(marked);

    [Theory]
    [InlineData(
        "[WorkflowMemoryTrigger(CaptureArguments = true)] class C { public void M(byte[] {|MTG003:apiKey|}) { } [NoMemoryTrigger] " +
            "public void N(byte[] apiKey) { } void P(byte[] apiKey) { } }")]
    [InlineData("[assembly: WorkflowMemoryTrigger(CaptureArguments = true)] class C { public void M(byte[] {|MTG003:apiKey|}) { } }")]
    [InlineData(
        "[AgentMemoryTrigger(\"qa\"), {|MTG005:AgentMemoryTrigger(\"qa\")|}, AgentMemoryTrigger(\"qa\", MethodPattern = \"M\")] class C " +
            "{ public void M() { } }")]
    [InlineData("[assembly: {|MTG004:AgentMemoryTrigger(\"\")|}] class C { public void M() { } }")]
    [InlineData(
        "[assembly: {|MTG004:MemoryTriggerOn(typeof(Math), \"Abs\", TriggerType.AgentOperation, Subject = \"\")|}] [assembly: " +
            "MemoryTriggerOn(typeof(Math), \"Abs\", TriggerType.WorkflowCompletion)] [assembly: MemoryTriggerOn(typeof(Math), " +
            "\"Abs\", TriggerType.WorkflowCompletion, Subject = \"a\")] [assembly: MemoryTriggerOn(typeof(Math), \"Max\", " +
            "TriggerType.WorkflowCompletion)] [assembly: {|MTG005:MemoryTriggerOn(typeof(Math), \"Abs\", " +
            "TriggerType.WorkflowCompletion)|}]")]
    public Task Trigger_OnATypeOrAssembly_IsCheckedAsOneOnAMethod(string marked) => AnalyzerTest.VerifyAsync(marked);
}
