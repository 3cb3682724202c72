using System.CommandLine;
using System.Text.Json;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;
using MemoryTriggers.Policies;

namespace MemoryTriggers.Cli.Memories;

/// <summary>The options that say what a memory is to be.</summary>
internal static class ChangeOptions
{
    public static readonly Option<string?> Value = new("--value")
    {
        Description = "What is kept, as JSON; anything else is a text. '-' reads it from standard input.",
        HelpName = "json",
    };
    public static readonly Option<string?> Content = new("--content")
    {
        Description = "The line that people read and that is searched. Without it, it is made of key and value.",
        HelpName = "text",
    };
    public static readonly Option<string?> Category = new("--category") { Description = "The category.", HelpName = "name" };
    public static readonly Option<string[]> Tag = new("--tag") { Description = "A tag; again for more.", HelpName = "tag" };
    public static readonly Option<string?> Priority = GlobalOptions.OneOf<string?>(new("--priority") { Description = "How urgent it is." },
        PolicyNames.Priorities);
    public static readonly Option<double?> Quality = new("--quality")
    {
        Description = "How good it is, 0 to 1.",
        HelpName = "number",
        Validators = { InRange },
    };
    public static readonly Option<TimeSpan?> TimeToLive = new("--ttl")
    {
        Description = "After what time it may be forgotten: 30s, 90m, 2h, 7d.",
        HelpName = "time",
        CustomParser = TimeArgument.ParseSpan,
    };

    public static IEnumerable<Option> All => [Value, Content, Category, Tag, Priority, Quality, TimeToLive];

    public static JsonElement? ReadValue(CommandSession session)
    {
        var text = session.Get(Value);
        if (text == "-") text = StandardInput.ReadToEnd(session.Token);
        if (text is null) return null;
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return MemoryValue.Of(System.Text.Json.Nodes.JsonValue.Create(text));
        }
    }

    public static TriggerPriority? ReadPriority(CommandSession session) =>
        TriggerNames.TryParsePriority(session.Get(Priority), out var priority) ? priority : null;

    private static void InRange(System.CommandLine.Parsing.OptionResult result)
    {
        if (result.Tokens is [var token] && (!double.TryParse(token.Value, System.Globalization.CultureInfo.InvariantCulture, out var score)
            || score is not (>= 0 and <= 1)))
            result.AddError("--quality is a number between 0 and 1.");
    }
}
