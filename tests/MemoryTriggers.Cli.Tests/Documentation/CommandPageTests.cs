using MemoryTriggers.TestKit;

namespace MemoryTriggers.Cli.Documentation;

public sealed class CommandPageTests
{
    private const string Mark = "<!-- What follows is made from the commands by a test. -->\n\n";
    private static readonly string Page = Path.Combine(RepositoryRoot.Path, "docs", "cli.md");

    [Fact]
    public void Page_ListOfCommands_IsThatOfTheCommandsThemselves()
    {
        var text = File.ReadAllText(Page).ReplaceLineEndings("\n");
        var byHand = text[..(text.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length)];
        var wanted = (byHand + CommandPage.Write()).TrimEnd('\n') + "\n";

        if (wanted != text) File.WriteAllText(Path.ChangeExtension(Page, ".received.txt"), wanted);

        Assert.True(wanted == text, "The commands have changed: replace docs/cli.md by docs/cli.received.txt.");
    }
}
