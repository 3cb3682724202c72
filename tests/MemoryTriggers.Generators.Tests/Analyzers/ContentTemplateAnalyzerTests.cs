using MemoryTriggers.Diagnostics;

namespace MemoryTriggers.Generators.Analyzers;

/// <summary>What the members of a template can reach is what the capture writes.</summary>
public sealed class ContentTemplateAnalyzerTests
{
    private const string Types =
        "class Order { public int Kept { get; set; } public int Field; public string? Note { get; } " +
        "public int Computed => 1; public int Old { get { return 1; } } public virtual int V { get; set; } private int Hidden; " +
        "public Order? Next { get; set; } } interface IOrder { int Number { get; } } ";

    [Theory]
    [InlineData("Order", "Kept")]
    [InlineData("Order", "Field")]
    [InlineData("Order", "Note.Length")]
    [InlineData("Order", "Next.Next.Kept")]
    [InlineData("Order", "V")]
    [InlineData("IOrder", "Number")]
    [InlineData("string", "Length")]
    [InlineData("int[]", "Length")]
    [InlineData("List<int>", "Count")]
    [InlineData("IReadOnlyList<Order>", "Count")]
    [InlineData("Dictionary<string, int>", "apples")]
    [InlineData("(int A, string B)", "A")]
    [InlineData("object", "Anything")]
    [InlineData("dynamic", "Anything")]
    public Task Member_ThatIsCaptured_IsNotReported(string type, string member) =>
        AnalyzerTest.VerifyAsync(
            $"{Types} class C {{ [WorkflowMemoryTrigger(Content = \"{{item.{member}}}\")] void M({type} item) {{ }} }}");

    [Theory]
    [InlineData("{error}")]
    [InlineData("{error.Code}")]
    [InlineData("{error.Errors.Email}")]
    public Task Member_OfTheError_IsNotReported(string content) =>
        AnalyzerTest.VerifyAsync($"class C {{ [WorkflowMemoryTrigger(Content = \"Placed: {content}\")] void M() {{ }} }}");

    [Theory]
    [InlineData("Order", "Computed", "names 'Computed', which 'Order' computes; only what is kept in fields and auto-properties is known")]
    [InlineData("Order", "Old", "names 'Old', which 'Order' computes; only what is kept in fields and auto-properties is known")]
    [InlineData("Order", "Hidden", "names 'Hidden', which 'Order' does not have")]
    [InlineData("Order", "Next.Kep", "names 'Kep', which 'Order' does not have")]
    [InlineData("DateTime", "Year", "names 'Year' of 'DateTime', which is remembered as one value without members")]
    [InlineData("DateOnly?", "Year", "names 'Year' of 'DateOnly', which is remembered as one value without members")]
    [InlineData("DayOfWeek", "Length", "names 'Length' of 'DayOfWeek', which is remembered as one value without members")]
    [InlineData("int", "MaxValue", "names 'MaxValue' of 'int', which is remembered as one value without members")]
    [InlineData("string", "Chars", "names 'Chars' of a text; only its Length is known")]
    [InlineData("List<int>", "Capacity", "names 'Capacity' of a collection; only its Count is known")]
    [InlineData("Dictionary<string, int>", "Keys", "names 'Keys' of a dictionary; only its values are known, by their keys")]
    [InlineData("Dictionary<string, int>", "Count", "names 'Count' of a dictionary; only its values are known, by their keys")]
    public Task Member_ThatIsNotCaptured_IsReported(string type, string member, string problem) => AnalyzerTest.VerifyAsync(
        $"{Types} class C {{ [WorkflowMemoryTrigger(Content = {{|#0:\"{{item.{member}}}\"|}})] void M({type} item) {{ }} }}",
        AnalyzerTest.Found(TriggerDiagnostics.ContentTemplate, $"The content template {problem}"));

    [Theory]
    [InlineData("[WorkflowMemoryTrigger(Content = {|MTG002:\"{a} {b}\"|})] class C { public void M(int a) { } public void N(int a) { } }")]
    [InlineData("[WorkflowMemoryTrigger(Content = \"{a} {b}\")] class C { public void M(int a) { } public void N(int b) { } }")]
    [InlineData("[assembly: MemoryTriggerOn(typeof(Math), nameof(Math.Abs), TriggerType.WorkflowCompletion, Content = {|MTG002:\"{val1}\"|})]")]
    [InlineData("[assembly: MemoryTriggerOn(typeof(Math), nameof(Math.Max), TriggerType.WorkflowCompletion, Content = \"{val1}: {result}\")]")]
    [InlineData(
        "static class C { extension(string s) { [WorkflowMemoryTrigger(Content = \"{s.Length} {a}\")] public int M(int a) => a; } }")]
    public Task Template_ForSeveralMethods_IsReportedWhereNoneCanFillIt(string marked) => AnalyzerTest.VerifyAsync(marked);
}
