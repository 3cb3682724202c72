using MemoryTriggers.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace MemoryTriggers.Generators.Analyzers;

public sealed class TagAnalyzerTests
{
    private static readonly string Long = new('a', 101);

    public static TheoryData<string, string> BadTags => new()
    {
        { "\"\"", "The tag is empty, and is left out" },
        { "\" \\t\"", "The tag is only white space, and is left out" },
        { "\"a,b\"", "The tag contains a comma, which separates tags in lists; pass two tags" },
        { "\"a\\nb\"", "The tag contains a control character" },
        { $"\"{Long}\"", "The tag is 101 characters long; at most 100 can be read in a list" },
        { "\"a\" + \",b\"", "The tag contains a comma, which separates tags in lists; pass two tags" },
    };

    [Theory]
    [MemberData(nameof(BadTags))]
    public Task Tag_InAttribute_IsReportedAtTheTag(string tag, string message) => AnalyzerTest.VerifyAsync(
        $"class C {{ [WorkflowMemoryTrigger(Tags = [\"good\", {{|#0:{tag}|}}])] void M() {{ }} " +
        $"[IssueMemoryTrigger(\"i\", Tags = new[] {{ {{|#1:{tag}|}} }})] void N() {{ }} }}",
        Found(message, 0), Found(message, 1));

    [Theory]
    [MemberData(nameof(BadTags))]
    public Task Tag_InAddTags_IsReportedAtTheTag(string tag, string message) => AnalyzerTest.VerifyAsync(
        $"class C {{ void M(TriggerScope s) => s.AddTags(\"good\", {{|#0:{tag}|}})" +
        $".AddTags([{{|#1:{tag}|}}]).AddTags(new[] {{ {{|#2:{tag}|}} }}); }}",
        Found(message, 0), Found(message, 1), Found(message, 2));

    [Fact]
    public Task Tag_OfAConstant_IsReported() =>
        AnalyzerTest.VerifyAsync("class C { const string Tag = \"a,b\"; void M(TriggerScope s) => s.AddTags({|MTG012:Tag|}); }");

    [Fact]
    public Task Tag_ThatIsFineOrNotKnown_IsNotReported() => AnalyzerTest.VerifyAsync(
        $"class Other : Attribute {{ public string[] Tags {{ get; set; }} = []; public Other AddTags(string tag) => this; }} class C {{ " +
        $"[WorkflowMemoryTrigger(Tags = [\"release 1.0\", \"{Long[1..]}\"])] [Other(Tags = [\"a,b\"])] " +
        "void M(TriggerScope s, string any, string[] more) { " +
        "s.AddTags(\"über\", any).AddTags(more).AddTags([.. more]).AddTags(); new Other().AddTags(\"\"); } " +
        "[WorkflowMemoryTrigger(Tags = [])] void N() { } }");

    private static DiagnosticResult Found(string message, int mark) => AnalyzerTest.Found(TriggerDiagnostics.InvalidTag, message, mark);
}
