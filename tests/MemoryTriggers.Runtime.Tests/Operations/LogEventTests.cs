using System.Globalization;
using System.Text.RegularExpressions;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Operations;

/// <summary>Looks at the source: the ids of all packages must differ, and only their text is in reach of one test.</summary>
public sealed partial class LogEventTests
{
    // What may be said of a memory in a log: where and how many, never what.
    private static readonly string[] Allowed =
        ["ILogger", "LogLevel", "string", "int", "long", "bool", "TimeSpan", "TimeSpan?", "Exception", "Exception?", "JournalMode", "TriggerPriority", "DateTimeOffset", "double", "DateOnly", "uint", "Version"];

    private static readonly string[] Payloads = ["content", "payload", "value", "entry", "memory", "text", "argument", "result", "metadata"];

    [Fact]
    public void Messages_Ids_AreThereAndDiffer()
    {
        var lines = Messages();

        var twice = lines.GroupBy(static line => line.Id).Where(static same => same.Count() > 1).SelectMany(static same => same.Select(static line => $"{line.Id} {line.File}"));

        Assert.NotEmpty(lines);
        Assert.DoesNotContain(lines, static line => line.Id is < 1000 or > 9999);
        Assert.Empty(twice);
    }

    [Fact]
    public void Messages_Parameters_CarryNoPayload()
    {
        var wrong = Messages().SelectMany(static message => message.Parameters.Select(parameter => (message.File, Parameter: parameter.Trim().Split(' '))))
            .Where(static found => !Allowed.Contains(found.Parameter[0]) || Payloads.Contains(found.Parameter[^1].ToLowerInvariant()))
            .Select(static found => $"{found.File}: {string.Join(' ', found.Parameter)}");

        Assert.Empty(wrong);
    }

    [Fact]
    public void Source_Logging_GoesThroughMessagesWithIds()
    {
        var without = Sources().Where(static source => WithoutId().IsMatch(source.Text)).Select(static source => source.Name);

        Assert.Empty(without);
    }

    private static List<(string File, int Id, string[] Parameters)> Messages()
    {
        var messages = new List<(string, int, string[])>();
        foreach (var (name, text) in Sources())
        {
            var attributes = Attribute().Count(text);
            var found = Message().Matches(text);
            Assert.True(attributes == found.Count, $"{name} has a message without an id, or in a form that this test does not know");
            messages.AddRange(found.Select(match => (
                name, int.Parse(match.Groups["id"].Value, CultureInfo.InvariantCulture), match.Groups["parameters"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries))));
        }

        return messages;
    }

    private static IEnumerable<(string Name, string Text)> Sources()
    {
        var root = Path.Combine(RepositoryRoot.Path, "src");
        return Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories).Select(file => (Path.GetRelativePath(root, file), File.ReadAllText(file)));
    }

    [GeneratedRegex(@"\[LoggerMessage\b")]
    private static partial Regex Attribute();

    [GeneratedRegex(@"\[LoggerMessage\((EventId = )?(?<id>\d+),(?:[^""]|""(?:[^""\\]|\\.)*"")*?\)\]\s+public static partial void \w+\((?<parameters>[^)]*)\)")]
    private static partial Regex Message();

    [GeneratedRegex(@"[lL]ogger\.Log(Trace|Debug|Information|Warning|Error|Critical)\(")]
    private static partial Regex WithoutId();
}
