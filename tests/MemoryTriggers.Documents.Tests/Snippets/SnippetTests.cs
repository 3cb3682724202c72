using MemoryTriggers.TestKit;

namespace MemoryTriggers.Documents.Snippets;

public sealed class SnippetTests
{
    [Theory]
    [MemberData(nameof(Pages.All), MemberType = typeof(Pages))]
    public void Snippets_EveryDocument_Compile(string page) => Pages.AssertNone(
        Snippet.Find(Pages.Read(page)).Where(static snippet => snippet.Skipped is null).SelectMany(snippet => SnippetCompiler.Compile(page, snippet)));

    [Theory]
    [MemberData(nameof(Pages.All), MemberType = typeof(Pages))]
    public void Snippets_NotCompiled_SayWhy(string page) =>
        Pages.AssertNone(Snippet.Find(Pages.Read(page)).Where(static snippet => snippet.Skipped is "").Select(snippet => $"{page}:{snippet.Line}"));

    [Fact]
    public void Preludes_EachFile_IsThatOfADocument() => Assert.Empty(
        Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "tests", "MemoryTriggers.Documents.Tests", "Preludes"))
            .Select(Path.GetFileName)
            .Except([.. Pages.All.SelectMany(static row => SnippetCompiler.NamesOf(row.Data)), "Usings.cs"]));

    [Fact]
    public void Compile_NameThatIsNotThere_TellsPlace()
    {
        var snippet = Assert.Single(Snippet.Find("text\n\n```csharp\nvar length = 3;\nConsole.WriteLine(lenght);\n```\n"));

        var error = Assert.Single(SnippetCompiler.Compile("docs/page.md", snippet));

        Assert.StartsWith("docs/page.md:5: CS0103", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("using System.Text;\nvar text = new StringBuilder();\nclass After { }")]
    [InlineData("public async Task<int> OneAsync() { await Task.Yield(); return 1; }")]
    [InlineData("[assembly: WorkflowMemoryTrigger]")]
    [InlineData("namespace Shop;\n\ninterface IOrders { }")]
    public void Compile_StatementsMembersOrTypes_HaveNoErrors(string code) => Assert.Empty(SnippetCompiler.Compile("docs/page.md", new(1, code, null)));

    [Theory]
    [InlineData("<!-- snippet: skip -->", "")]
    [InlineData("<!-- snippet: skip: it shows a mistake -->", "it shows a mistake")]
    [InlineData("<!-- another remark -->", null)]
    public void Find_MarkAboveCode_IsReasonToSkip(string mark, string? reason) =>
        Assert.Equal(reason, Assert.Single(Snippet.Find($"{mark}\n```csharp\n```")).Skipped);

    [Theory]
    [InlineData("```csharp\nvar one = 1;")]
    [InlineData("```C#\nvar one = 1;\n```")]
    [InlineData("  ```csharp\n  var one = 1;\n  ```")]
    [InlineData("```csharp title\nvar one = 1;\n```")]
    public void Find_CodeThatWouldBeMissed_IsRefused(string text) => Assert.Throws<FormatException>(() => Snippet.Find(text));
}
