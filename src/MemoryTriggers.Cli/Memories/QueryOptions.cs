using System.CommandLine;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;
using MemoryTriggers.Policies;

namespace MemoryTriggers.Cli.Memories;

/// <summary>The options that say which memories are meant.</summary>
internal static class QueryOptions
{
    private static readonly Option<string?> Category = new("--category")
    {
        Description = "Only this category, such as pattern, error or project.",
        HelpName = "name",
    };
    private static readonly Option<string?> Key = new("--key") { Description = "Only this key.", HelpName = "key" };
    private static readonly Option<string[]> Tag = new("--tag")
    {
        Description = "Only with this tag; again for one more that must be there.",
        HelpName = "tag",
    };
    private static readonly Option<string?> Type =
        GlobalOptions.OneOf<string?>(new("--type") { Description = "Only of this type of trigger." }, PolicyNames.TriggerTypes);
    private static readonly Option<string?> Outcome = GlobalOptions.OneOf<string?>(new("--outcome") { Description = "Only what ended so." },
        [.. Enum.GetValues<TriggerOutcome>().Select(static outcome => outcome.Name())]);
    private static readonly Option<string?> Priority =
        GlobalOptions.OneOf<string?>(new("--priority") { Description = "Only this priority." }, PolicyNames.Priorities);
    private static readonly Option<string?> Source = new("--source") { Description = "Only what this source reported.", HelpName = "name" };
    private static readonly Option<string?> EntityType = new("--entity-type")
    {
        Description = "Only about this kind of thing, such as workflow or issue.",
        HelpName = "type",
    };
    private static readonly Option<string?> EntityId = new("--entity-id")
    {
        Description = "Only about this thing, such as ISS-0124.",
        HelpName = "id",
    };
    private static readonly Option<string?> Trace = new("--trace")
    {
        Description = "Only of this trace (32 hexadecimal digits).",
        HelpName = "id",
    };
    private static readonly Option<string?> Session = new("--session") { Description = "Only of this session.", HelpName = "id" };
    private static readonly Option<DateTimeOffset?> Since = new("--since")
    {
        Description = "Only from this time on: a time (UTC), or 90m, 2h, 7d for so long ago.",
        HelpName = "time",
        CustomParser = TimeArgument.ParseMoment,
    };
    private static readonly Option<DateTimeOffset?> Until = new("--until")
    {
        Description = "Only before this time.",
        HelpName = "time",
        CustomParser = TimeArgument.ParseMoment,
    };
    private static readonly Option<DateTimeOffset?> AsOf = new("--as-of")
    {
        Description = "As the memories were at this time.",
        HelpName = "time",
        CustomParser = TimeArgument.ParseMoment,
    };
    private static readonly Option<bool> Past = new("--past") { Description = "Also expired and replaced memories." };
    private static readonly Option<int> Limit = Bounded(new("--limit", "-n") { Description = "How many at most, 1 to 1000.",
        HelpName = "number", DefaultValueFactory = static _ => 20 }, 1, MemoryQuery.MaxLimit);
    private static readonly Option<int> Offset = Bounded(new("--offset") { Description = "How many to skip.", HelpName = "number",
        DefaultValueFactory = static _ => 0 }, 0, int.MaxValue);

    /// <summary>What restricts.</summary>
    public static IEnumerable<Option> Filters =>
        [Category, Key, Tag, Type, Outcome, Priority, Source, EntityType, EntityId, Trace, Session, Since, Until];

    /// <summary>What restricts failures: they have an outcome already.</summary>
    public static IEnumerable<Option> OfFailures => Filters.Where(static filter => filter != Outcome);

    /// <summary>What looks into the past.</summary>
    public static IEnumerable<Option> Times => [AsOf, Past];

    public static IEnumerable<Option> Pages => [Limit, Offset];

    public static IEnumerable<Option> All => [.. Filters, .. Times, .. Pages];

    /// <summary>Whether something restricts that only memories have, and counts of executions do not.</summary>
    public static bool AsksForMemoriesOnly(CommandSession session) =>
        Filters.Except([Key, Since, Until]).Append(AsOf).Any(session.IsGiven);

    /// <summary>Whether anything restricts.</summary>
    public static bool AnyFilter(CommandSession session) => Filters.Any(session.IsGiven);

    public static MemoryQuery Read(CommandSession session) => session.Scope with
    {
        Category = session.Get(Category),
        Key = session.Get(Key),
        AllTags = session.Get(Tag) ?? [],
        TriggerType = TriggerNames.TryParseType(session.Get(Type), out var type) ? type : null,
        Outcome = TriggerNames.TryParseOutcome(session.Get(Outcome), out var outcome) ? outcome : null,
        Priority = TriggerNames.TryParsePriority(session.Get(Priority), out var priority) ? priority : null,
        Source = session.Get(Source),
        EntityType = session.Get(EntityType),
        EntityId = session.Get(EntityId),
        TraceId = session.Get(Trace),
        SessionId = session.Get(Session),
        Since = session.Get(Since),
        Until = session.Get(Until),
        AsOf = session.Get(AsOf),
        IncludePast = session.Get(Past),
        Limit = session.Get(Limit) is > 0 and var limit ? limit : MemoryQuery.DefaultLimit,
        Offset = session.Get(Offset),
    };

    public static Option<int> Bounded(Option<int> option, int least, int most)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, out var number) && (number < least || number > most))
                result.AddError(most == int.MaxValue
                    ? $"{option.Name} is {least} or more."
                    : $"{option.Name} is between {least} and {most}.");
        });
        return option;
    }
}
