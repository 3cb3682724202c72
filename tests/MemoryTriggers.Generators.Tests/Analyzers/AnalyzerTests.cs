using MemoryTriggers.Diagnostics;

namespace MemoryTriggers.Generators.Analyzers;

public sealed class AnalyzerTests
{
    [Theory]
    [InlineData(
        "class C { [{|#0:{|CS0592:WorkflowMemoryTrigger|}|}] public C() { } }",
        "'.ctor' cannot be remembered: constructors and finalizers have no result to remember; open a TriggerScope inside")]
    [InlineData(
        "abstract class C { [{|#0:WorkflowMemoryTrigger|}] public abstract void M(); }",
        "'M' cannot be remembered: an abstract method does not run; decorate the override")]
    [InlineData(
        "interface I { [{|#0:WorkflowMemoryTrigger|}] void M(); }",
        "'M' cannot be remembered: an interface member without a body does not run; decorate the implementation")]
    [InlineData(
        "class C { [{|#0:WorkflowMemoryTrigger|}] [System.Runtime.InteropServices.DllImport(\"c\")] static extern void M(); }",
        "'M' cannot be remembered: an extern method has no body to go around; decorate a method that calls it")]
    [InlineData(
        "class C { void M() { [{|#0:WorkflowMemoryTrigger|}] void L() { } L(); } }",
        "'L' cannot be remembered: a local function has no name that lasts; make it a method, or open a TriggerScope inside")]
    [InlineData(
        "class C { Action M() => [{|#0:WorkflowMemoryTrigger|}] () => { }; }",
        "'lambda' cannot be remembered: a lambda has no name that lasts; make it a method, or open a TriggerScope inside")]
    [InlineData(
        "partial class C { [{|#0:WorkflowMemoryTrigger|}] partial void M(); }",
        "'M' cannot be remembered: the partial method has no implementation")]
    public Task UnsupportedTarget_IsReportedAtTheAttribute(string source, string message) =>
        AnalyzerTest.VerifyAsync(source, AnalyzerTest.Found(TriggerDiagnostics.UnsupportedTarget, message));

    [Theory]
    [InlineData("class C { [WorkflowMemoryTrigger] void M() { } int P { [WorkflowMemoryTrigger] get => 1; } }")]
    [InlineData("interface I { [WorkflowMemoryTrigger] void M() { } }")]
    [InlineData("partial class C { [WorkflowMemoryTrigger] partial void M(); partial void M() { } }")]
    [InlineData("class C { void M() { void L() { } L(); } }")]
    public Task SupportedTarget_IsNotReported(string source) => AnalyzerTest.VerifyAsync(source);

    [Theory]
    [InlineData("string branch", "int", "Pushed {branch}: {result} in {duration} by {operation} for {project} {error} {{x}}")]
    [InlineData("string branch", "Task<List<int>>", "{branch.Length} {result.Count}")]
    [InlineData("(int A, string B) pair", "ValueTask<string>", "{pair.B} {result.Length}")]
    [InlineData("IReadOnlyList<int> items", "int", "{items.Count}")]
    [InlineData("(int A, int B)? pair, dynamic any", "int", "{pair.A} {any.Thing}")]
    public Task ContentTemplate_OfKnownNames_IsNotReported(string parameter, string returns, string template) =>
        AnalyzerTest.VerifyAsync(
            $"class C {{ [WorkflowMemoryTrigger(Content = \"{template}\")] {returns} M({parameter}) => throw null!; }}");

    [Theory]
    [InlineData(
        "string branch",
        "int",
        "{brunch}",
        "names 'brunch', which is no parameter; known are the parameters, result, error, operation, project and duration")]
    [InlineData("string branch", "int", "{branch.Size}", "names 'Size' of a text; only its Length is known")]
    [InlineData("string branch", "Task", "{result}", "names 'result', and the method has none")]
    [InlineData("string branch", "Task<int>", "{result.Count}", "names 'Count' of 'int', which is remembered as one value without members")]
    [InlineData("string branch", "int", "{branch", "has a brace without its partner at position 0; write it twice to have it in the text")]
    [InlineData("string branch", "int", "branch}", "has a brace without its partner at position 6; write it twice to have it in the text")]
    [InlineData("string branch", "int", "{operation.Length}", "asks 'operation' for a member; it is text")]
    public Task ContentTemplate_OfUnknownNames_IsReportedAtTheTemplate(string parameter, string returns, string template, string message) =>
        AnalyzerTest.VerifyAsync(
            $"class C {{ [WorkflowMemoryTrigger(Content = {{|#0:\"{template}\"|}})] {returns} M({parameter}) => throw null!; }}",
            AnalyzerTest.Found(TriggerDiagnostics.ContentTemplate, $"The content template {message}"));

    [Theory]
    [InlineData("class C { [WorkflowMemoryTrigger(CaptureArguments = true)] void M(char[] {|MTG003:password|}) { } }")]
    [InlineData(
        "class Key { } class C { [WorkflowMemoryTrigger(CaptureArguments = true)] void M(Key {|MTG003:apiKey|}, string {|MTG003:token|}, " +
            "int tokens, int maxTokens, bool hasPassword, TimeSpan tokenLifetime, CancellationToken token2) { } }")]
    [InlineData("class C { [WorkflowMemoryTrigger(CaptureArguments = true)] void M(int {|MTG003:pin|}, long? {|MTG003:otp|}, params string[] {|MTG003:apiKeys|}) { } }")]
    [InlineData("class C { [WorkflowMemoryTrigger(CaptureArguments = true)] void M(string smtpHost, object {|MTG003:smtp_pass|}, string author, int passRate) { } }")]
    [InlineData("class C { string ApiKey { [WorkflowMemoryTrigger(CaptureArguments = true)] {|MTG003:set|} { } } string Author { [WorkflowMemoryTrigger(CaptureArguments = true)] set { } } }")]
    [InlineData("class C { [WorkflowMemoryTrigger] int {|MTG003:GetPin|}() => 1; [WorkflowMemoryTrigger] string TokenType() => \"\"; }")]
    [InlineData("class C { [WorkflowMemoryTrigger(CaptureArguments = true)] void M([Sensitive] char[] password) { } }")]
    [InlineData("class C { [WorkflowMemoryTrigger] void M(char[] password) { } }")]
    [InlineData("class C { void M(char[] password) { } }")]
    [InlineData("class C { [WorkflowMemoryTrigger] string {|MTG003:CreateToken|}() => \"\"; }")]
    [InlineData("class C { [WorkflowMemoryTrigger] Task<string> {|MTG003:GeneratePasswordAsync|}() => null!; }")]
    [InlineData("class C { [WorkflowMemoryTrigger] ValueTask<byte[]> {|MTG003:get_api_key|}() => default; }")]
    [InlineData("class C { [WorkflowMemoryTrigger] IReadOnlyList<string> {|MTG003:GetApiKeys|}() => null!; }")]
    [InlineData("class C { [WorkflowMemoryTrigger] object {|MTG003:GetSecret|}() => null!; Guid CreateToken() => default; }")]
    [InlineData("class C { string ApiKey { [WorkflowMemoryTrigger] {|MTG003:get|} => \"\"; } }")]
    [InlineData("[WorkflowMemoryTrigger] class C { public string GetApiKey() => \"\"; }")]
    [InlineData("[WorkflowMemoryTrigger(CaptureResult = true)] class C { public string {|MTG003:GetApiKey|}() => \"\"; string GetSecret() => \"\"; }")]
    [InlineData("[assembly: WorkflowMemoryTrigger(CaptureResult = true)] class C { public Guid {|MTG003:NewResetToken|}() => default; }")]
    [InlineData("[assembly: {|MTG003:MemoryTriggerOn(typeof(I), \"CreateToken\", TriggerType.WorkflowCompletion, Content = \"{result}\")|}] interface I { string CreateToken(); }")]
    [InlineData("[assembly: {|MTG003:MemoryTriggerOn(typeof(I), \"Open\", TriggerType.WorkflowCompletion, CaptureArguments = true)|}] interface I { void Open(byte[] apiKey); }")]
    [InlineData("class C { [WorkflowMemoryTrigger(CaptureResult = false)] string CreateToken() => \"\"; }")]
    [InlineData("class C { [WorkflowMemoryTrigger] [return: Sensitive] string CreateToken() => \"\"; }")]
    [InlineData("class C { [WorkflowMemoryTrigger] bool ValidateToken() => true; [WorkflowMemoryTrigger] int CountTokens() => 1; [WorkflowMemoryTrigger] string Name() => \"\"; }")]
    [InlineData("class C { [WorkflowMemoryTrigger] void SaveToken() { } [WorkflowMemoryTrigger] Task SavePasswordAsync() => null!; }")]
    public Task UnmarkedSecret_IsReportedWhenItWouldBeWritten(string source) =>
        AnalyzerTest.VerifyAsync("using System.Threading; " + source);

    [Theory]
    [InlineData("class C { [{|MTG004:AgentMemoryTrigger(\"\")|}] void M() { } }")]
    [InlineData("class C { [{|MTG004:IssueMemoryTrigger(\" \")|}] void M() { } }")]
    [InlineData("class C { [{|MTG004:AgentMemoryTrigger(AgentType = \"\")|}] void M() { } }")]
    [InlineData("class C { [{|CS9035:IssueMemoryTrigger|}] void M() { } }")]
    [InlineData("class C { [IssueMemoryTrigger(\"I-1\")] void M() { } [WorkflowMemoryTrigger] void N() { } }")]
    public Task EmptySubject_IsReported(string source) => AnalyzerTest.VerifyAsync(source);

    [Theory]
    [InlineData("class C { [AgentMemoryTrigger(\"a\"), {|MTG005:AgentMemoryTrigger(\"a\")|}] void M() { } }")]
    [InlineData(
        "class C { [AgentMemoryTrigger(\"a\", CaptureOnError = false), AgentMemoryTrigger(\"a\", CaptureOnSuccess = false)] void M() { " +
            "} }")]
    [InlineData("class C { [AgentMemoryTrigger(\"a\"), AgentMemoryTrigger(\"b\"), IssueMemoryTrigger(\"a\")] void M() { } }")]
    public Task DuplicateTrigger_IsReportedAtTheSecond(string source) => AnalyzerTest.VerifyAsync(source);

    [Theory]
    [InlineData("{|MTG006:TriggerScope.Workflow(\"x\")|};")]
    [InlineData("{|MTG006:TriggerScope.Workflow(\"x\")|}.AddTags(\"a\");")]
    [InlineData("{|MTG006:TriggerScope.Workflow(\"x\")|}.Synced();")]
    [InlineData("var s = {|MTG006:TriggerScope.Workflow(\"x\")|}; s.AddTags(\"a\");")]
    [InlineData("var s = TriggerScope.Workflow(\"x\"); s.Dispose();")]
    [InlineData("TriggerScope.Workflow(\"x\").AddTags(\"a\").Dispose();")]
    [InlineData("var s = TriggerScope.Workflow(\"x\"); s.AddTags(\"a\").Dispose();")]
    [InlineData("var s = TriggerScope.Workflow(\"x\"); s?.Dispose();")]
    [InlineData("var s = TriggerScope.Workflow(\"x\"); ((IDisposable)s).Dispose();")]
    [InlineData("var s = TriggerScope.Workflow(\"x\"); Func<TriggerScope> f = () => s; TriggerScope[] a = [s];")]
    [InlineData("using var s = TriggerScope.Workflow(\"x\").AddTags(\"a\");")]
    [InlineData("using (TriggerScope.Workflow(\"x\")) { }")]
    [InlineData("var s = TriggerScope.Workflow(\"x\"); Keep(s); static void Keep(TriggerScope scope) { }")]
    [InlineData("_ = {|MTG006:TriggerScope.Workflow(\"x\")|};")]
    [InlineData("_ = {|MTG006:TriggerScope.Workflow(\"x\")|}.AddTags(\"a\");")]
    [InlineData("Action a = () => {|MTG006:TriggerScope.Workflow(\"x\")|};")]
    [InlineData("TriggerScope s; s = {|MTG006:TriggerScope.Workflow(\"x\")|}; s.Complete();")]
    [InlineData("TriggerScope s; s = TriggerScope.Workflow(\"x\"); s.Dispose();")]
    [InlineData("TriggerScope? s = null; try { s = TriggerScope.Workflow(\"x\"); } finally { s?.Dispose(); }")]
    [InlineData("Func<TriggerScope> f = () => TriggerScope.Workflow(\"x\");")]
    [InlineData("var s = TriggerScope.Workflow(\"x\"); Action a = () => s.Dispose();")]
    [InlineData("var s = TriggerScope.Workflow(\"x\"); using (s) { }")]
    [InlineData("var s = TriggerScope.Workflow(\"x\"); var t = s;")]
    public Task Scope_NeverDisposed_IsReported(string body) => AnalyzerTest.VerifyAsync($"class C {{ void M() {{ {body} }} }}");

    [Fact]
    public Task Scope_Returned_IsNotReported() =>
        AnalyzerTest.VerifyAsync(
            "class C { TriggerScope A() => TriggerScope.Workflow(\"x\"); " +
            "TriggerScope B() { var s = TriggerScope.Agent(\"x\"); return s; } }");

    [Theory]
    [InlineData("async Task M() { {|MTG007:using|} var s = TriggerScope.Workflow(\"x\"); await Task.Yield(); }")]
    [InlineData("async Task M() { {|MTG007:using|} (TriggerScope.Workflow(\"x\")) await Task.Yield(); }")]
    [InlineData("void M() { Func<Task> f = async () => { {|MTG007:using|} var s = TriggerScope.Workflow(\"x\"); await Task.Yield(); }; }")]
    [InlineData("async Task M() { await using var s = TriggerScope.Workflow(\"x\"); await Task.Yield(); }")]
    [InlineData("void M() { using var s = TriggerScope.Workflow(\"x\"); }")]
    [InlineData("async Task M() { Action a = () => { using var s = TriggerScope.Workflow(\"x\"); }; a(); await Task.Yield(); }")]
    [InlineData("async Task M() { void L() { using var s = TriggerScope.Workflow(\"x\"); } L(); await Task.Yield(); }")]
    [InlineData("async Task M(TriggerScope given) { {|MTG007:using|} (given) await Task.Yield(); }")]
    [InlineData(
        "async Task M() { {|MTG007:using|} var s = Open(); await Task.Yield(); static TriggerScope Open() => " +
            "TriggerScope.Workflow(\"x\"); }")]
    [InlineData(
        "async Task M() { await Task.Yield(); static void L() { using var s = TriggerScope.Workflow(\"x\"); try { L(); } " +
            "{|MTG008:catch|} { } } L(); }")]
    [InlineData("void M() { async Task L() { {|MTG007:using|} var s = TriggerScope.Workflow(\"x\"); await Task.Yield(); } L(); }")]
    [InlineData("async Task M() { using var s = new System.IO.MemoryStream(); await Task.Yield(); }")]
    [InlineData("async Task M() { lock (this) { using var s = TriggerScope.Workflow(\"x\"); } await Task.Yield(); }")]
    public Task Using_InAsyncCode_IsReported(string member) => AnalyzerTest.VerifyAsync($"class C {{ {member} }}");

    [Theory]
    [InlineData("using var s = TriggerScope.Workflow(\"x\"); try { M(); } {|MTG008:catch|} { }")]
    [InlineData("using (var s = TriggerScope.Workflow(\"x\")) { try { M(); } {|MTG008:catch|} (Exception) { M(); } }")]
    [InlineData("using var s = TriggerScope.Workflow(\"x\"); try { M(); } catch { s.Complete(); }")]
    [InlineData("using var s = TriggerScope.Workflow(\"x\"); try { M(); } catch { throw; }")]
    [InlineData("using var s = TriggerScope.Workflow(\"x\"); try { M(); } catch (Exception e) { s.Fail(e); }")]
    [InlineData("using var s = TriggerScope.Workflow(\"x\"); Action a = () => { try { M(); } catch { } };")]
    [InlineData("using (TriggerScope.Workflow(\"x\")) { try { M(); } catch { TriggerScope.Current?.Complete(); } }")]
    [InlineData("using var s = TriggerScope.Workflow(\"x\"); try { M(); s.SetResult(1); } catch (Exception e) { s.Fail(e); }")]
    [InlineData("using (var s = TriggerScope.Workflow(\"x\")) { if (s != null) { try { M(); } {|MTG008:catch|} when (s == null) { } } }")]
    [InlineData("using var s = TriggerScope.Workflow(\"x\"); try { M(); } catch { Handle(s); } static void Handle(IDisposable scope) { }")]
    [InlineData("using var s = TriggerScope.Workflow(\"x\"); try { M(); } {|MTG008:catch|} { Action a = () => throw new Exception(); }")]
    [InlineData("switch (1) { case 1: using (TriggerScope.Workflow(\"x\")) { try { M(); } {|MTG008:catch|} { } } break; }")]
    public Task CatchInPlainScope_WithoutDecision_IsReported(string body) =>
        AnalyzerTest.VerifyAsync($"class C {{ void M() {{ {body} }} }}");

    [Theory]
    [InlineData("{|MTG006:TriggerScope.Workflow(\"x\")|}; class C { }")]
    [InlineData("{|MTG007:using|} var s = TriggerScope.Workflow(\"x\"); await Task.Yield();")]
    [InlineData("using var s = TriggerScope.Workflow(\"x\"); try { Console.WriteLine(); } {|MTG008:catch|} { }")]
    [InlineData("await using var s = TriggerScope.Workflow(\"x\"); try { await Task.Yield(); } catch { }")]
    public Task Scope_InTopLevelStatements_IsCheckedAsElsewhere(string source) => AnalyzerTest.VerifyProgramAsync(source);

    [Fact]
    public Task Scope_OfAMemberWithAnExpressionBody_IsReported() =>
        AnalyzerTest.VerifyAsync(
            "class C { void M() => {|MTG006:TriggerScope.Workflow(\"x\")|}; TriggerScope N() => TriggerScope.Workflow(\"x\"); " +
            "readonly TriggerScope _s = TriggerScope.Workflow(\"x\"); }");
}
