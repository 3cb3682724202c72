using System.CommandLine;
using System.CommandLine.Help;
using System.Text;

namespace MemoryTriggers.Cli.Documentation;

/// <summary>The list of all commands, made from the commands themselves.</summary>
internal static class CommandPage
{
    public static string Write()
    {
        var root = CommandTree.Create();
        var page = new StringBuilder();
        page.Append("## Options of every command\n\n");
        Options(page, root.Options.Where(static option => option.Recursive && option is not HelpOption));
        foreach (var command in Leaves(root)) Section(page, command);
        return page.ToString();
    }

    // Those that do something, with or without commands below them.
    private static IEnumerable<Command> Leaves(Command command) =>
        command.Subcommands.SelectMany(Leaves).Prepend(command).Where(static found => found.Subcommands.Count == 0 || found is { Action: not null } and not RootCommand);

    private static void Section(StringBuilder page, Command command)
    {
        page.Append($"## {CommandTree.PathOf(command)[(CommandTree.Name.Length + 1)..]}\n\n");
        page.Append($"{command.Description}\n\n```\n{Usage(command)}\n```\n\n");
        foreach (var argument in command.Arguments) page.Append($"- `{Name(argument)}`: {argument.Description}\n");
        if (command.Arguments.Count > 0) page.Append('\n');
        Options(page, command.Options);
    }

    private static string Usage(Command command)
    {
        var arguments = command.Arguments.Select(static argument => argument.Arity.MinimumNumberOfValues == 0 ? $" [<{argument.Name}>]" : $" <{argument.Name}>");
        return $"{CommandTree.PathOf(command)}{string.Concat(arguments)}{(command.Options.Count > 0 ? " [options]" : "")}";
    }

    private static string Name(Argument argument) => argument.Arity.MaximumNumberOfValues > 1 ? $"{argument.Name}..." : argument.Name;

    private static void Options(StringBuilder page, IEnumerable<Option> options)
    {
        var any = false;
        foreach (var option in options)
        {
            if (!any) page.Append("| option | |\n|---|---|\n");
            any = true;
            var names = string.Join(", ", option.Aliases.Append(option.Name).OrderBy(static name => name.Length).Select(static name => $"`{name}`"));
            var value = option.HelpName is { } name ? $" {name.Replace("|", "\\|", StringComparison.Ordinal)}" : "";
            var standard = option.HasDefaultValue && option.ValueType != typeof(bool) && option.GetDefaultValue() is { } given ? $" Default: {given}." : "";
            page.Append($"| {names}{value} | {option.Description}{standard} |\n");
        }

        if (any) page.Append('\n');
    }
}
