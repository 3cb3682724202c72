using System.Text.Json.Nodes;
using MemoryTriggers.Cli.Tool;
using MemoryTriggers.TestKit;
using YamlDotNet.RepresentationModel;

namespace MemoryTriggers.Cli.Output;

public sealed class OutputTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Table_Piped_HasNoEscapesAndShowsAllOfALine()
    {
        await _folder.StoreAsync(Any.Entry("The deployment to the third region succeeded"));

        var list = await _folder.RunAsync("memory", "list");

        Assert.DoesNotContain('\u001b', list.Output);
        Assert.Contains("third", list.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Table_TextWithEscapes_CannotReachTheTerminal()
    {
        await _folder.StoreAsync(Any.Entry("harmless \u001b[2J\u0007\u202e text [bold]not markup[/]"));

        var list = await _folder.RunAsync("memory", "list");

        Assert.DoesNotContain('\u001b', list.Output);
        Assert.DoesNotContain('\u0007', list.Output);
        Assert.DoesNotContain('\u202e', list.Output);
        Assert.Contains("[bold]", list.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Table_NarrowTerminal_NoLineIsLonger()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "makes a terminal with the command script");
        await _folder.StoreAsync(Any.Entry("The deployment to the third region succeeded after a long while"));

        var list = await ToolFolder.RunAsync(_folder.Shell("""TERM=dumb script -qec "stty cols 45 rows 20; $tool memory list" /dev/null"""));

        Assert.Equal(0, list.ExitCode);
        Assert.Contains("third region", list.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.All(list.Output.ReplaceLineEndings("\n").Split('\n'), static line => Assert.True(line.Length <= 45, line));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("--no-color", false)]
    public async Task Table_Terminal_HasColorsUnlessSwitchedOff(string option, bool hasColors)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "makes a terminal with the command script");
        await _folder.StoreAsync(Any.Entry());

        var list = await ToolFolder.RunAsync(_folder.Shell($"""TERM=xterm-256color script -qec "stty cols 120; $tool memory list {option}" /dev/null"""));

        Assert.Equal(hasColors, list.Output.Contains("\u001b[38;5;", StringComparison.Ordinal) || list.Output.Contains("\u001b[3", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Progress_Terminal_IsShownAndClearedAndNotPiped()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "makes a terminal with the command script");
        await _folder.StoreAsync(Any.Entries(300));

        var watched = await ToolFolder.RunAsync(_folder.Shell("""TERM=xterm-256color script -qec "stty cols 100 rows 40; $tool memory export -o all.jsonl" /dev/null"""));
        var piped = await _folder.RunAsync("memory", "export", "-o", "again.jsonl");

        Assert.Equal(0, watched.ExitCode);
        Assert.Contains("exporting", watched.Output, StringComparison.Ordinal);
        Assert.Contains("300 memories in", watched.Output[watched.Output.LastIndexOf("exporting", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.DoesNotContain("exporting", piped.Output + piped.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Yaml_AnyDocument_SaysTheSameAsJson()
    {
        await _folder.StoreAsync(Any.Entry("yes: \"quoted\" # no comment\nsecond line") with { Tags = ["on", "12", "plain"], Value = MemoryValue.Of(new JsonObject { ["list"] = new JsonArray(1, new JsonObject { ["a"] = null }), ["empty"] = new JsonArray() }) });

        var json = await _folder.RunAsync("memory", "list", "-f", "json");
        var yaml = await _folder.RunAsync("memory", "list", "-f", "yaml");

        var stream = new YamlStream();
        stream.Load(new StringReader(yaml.Output));
        var read = (YamlMappingNode)((YamlSequenceNode)stream.Documents[0].RootNode)[0];
        var entry = json.Json[0];
        Assert.Equal(entry.GetProperty("content").GetString(), ((YamlScalarNode)read["content"]).Value);
        Assert.Equal(["on", "12", "plain"], ((YamlSequenceNode)read["tags"]).Select(static tag => ((YamlScalarNode)tag).Value));
        Assert.Equal("1", ((YamlScalarNode)read["value"]["list"][0]).Value);
        Assert.Equal("null", ((YamlScalarNode)read["value"]["list"][1]["a"]).Value);
        Assert.Empty((YamlSequenceNode)read["value"]["empty"]);
    }

    [Theory]
    [InlineData("stats")]
    [InlineData("status")]
    [InlineData("health")]
    [InlineData("memory", "search", "build")]
    [InlineData("errors", "list")]
    [InlineData("monitor", "--count", "1")]
    public async Task Yaml_AnyReport_HasTheNamesOfJson(params string[] command)
    {
        await _folder.StoreAsync(Any.Entry(), Any.Entry("The nightly build failed") with { Outcome = TriggerOutcome.Failure, Tags = ["error:00000000000000d1"] });

        var json = await _folder.RunAsync([.. command, "-f", "json"]);
        var yaml = await _folder.RunAsync([.. command, "-f", "yaml"]);

        Assert.Equal(0, yaml.ExitCode);
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml.Output));
        var (expected, found) = (json.Json, stream.Documents[0].RootNode);
        if (found is YamlSequenceNode items) (expected, found) = (expected[0], items[0]);
        Assert.Equal(expected.EnumerateObject().Select(static member => member.Name), ((YamlMappingNode)found).Children.Keys.Select(static name => name.ToString()));
    }

    [Fact]
    public async Task Failure_FormatJson_IsADocumentOnStandardError()
    {
        var result = await _folder.RunAsync("memory", "list", "--format", "json");

        Assert.Empty(result.Output);
        Assert.Equal(1, JsonNode.Parse(result.Error)!["exit_code"]!.GetValue<int>());
    }

    [Fact]
    public async Task Pipe_ReaderGoesAway_EndsQuietly()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "uses a pipe of bash");
        await _folder.StoreAsync(Any.Entries(300));

        var result = await ToolFolder.RunAsync(_folder.Shell("$tool memory list --limit 300 -f json | head -1; exit ${PIPESTATUS[0]}"));

        Assert.Equal(0, result.ExitCode);
        Assert.Equal("[\n", result.Output);
        Assert.Empty(result.Error);
    }
}
