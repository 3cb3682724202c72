using MemoryTriggers.Cli;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Documents.Commands;

public sealed class CommandTests
{
    [Theory]
    [MemberData(nameof(Pages.All), MemberType = typeof(Pages))]
    public void Tool_EveryCommandLine_IsUnderstood(string page) => Pages.AssertNone(Refused(page, ByHand(Pages.Read(page))));

    [Theory]
    [MemberData(nameof(Pages.All), MemberType = typeof(Pages))]
    public void Paths_EveryCommandLine_AreThere(string page) => Pages.AssertNone(
        ShellLine.Find(Pages.Read(page))
            .SelectMany(static line => line.Paths())
            .Where(static path => !File.Exists(Path.Combine(RepositoryRoot.Path, path)) && !Directory.Exists(Path.Combine(RepositoryRoot.Path, path)))
            .Select(path => $"{page}: {path}"));

    [Theory]
    [InlineData("```\nA=\"b c\" memory-triggers memory search \"why did it fail?\" --data /tmp   # asks\n```", false)]
    [InlineData("```\nmemory-triggers memory seek why\n```", true)]
    [InlineData("See `memory-triggers errors\nlist --resolved-by`.", true)]
    [InlineData("```yaml\nmemory-triggers nothing\n```", false)]
    public void Tool_CommandLine_IsRefusedWhenWrong(string text, bool refused) => Assert.Equal(refused, Refused("docs/page.md", text).Count > 0);

    [Theory]
    [InlineData("```\n./eng/test.sh Release\n```", "eng/test.sh")]
    [InlineData("Run `dotnet run --project samples/Shop -- --demo`.", "samples/Shop")]
    [InlineData("Read `/usr/src/x`.", null)]
    public void Paths_CommandLine_AreThoseOfTheRepository(string text, string? path) =>
        Assert.Equal(path is null ? [] : [path], ShellLine.Find(text).SelectMany(static line => line.Paths()));

    private static List<string> Refused(string page, string text) =>
    [
        .. from line in ShellLine.Find(text)
           let arguments = line.ToolArguments()
           where arguments is not null
           from error in CommandTree.Create().Parse(arguments).Errors
           select $"{page}:{line.Line}: {line.Text}: {error.Message}",
    ];

    // The list of all commands is made from the commands themselves.
    private static string ByHand(string text) =>
        text.IndexOf("<!-- What follows is made from the commands by a test. -->", StringComparison.Ordinal) is var made and >= 0 ? text[..made] : text;
}
