using System.CommandLine;
using System.CommandLine.Parsing;
using MemoryTriggers.Capture;
using MemoryTriggers.Hooks;
using MemoryTriggers.Secrets;

namespace MemoryTriggers.Commands;

/// <summary>The words of a command line, without secrets.</summary>
internal static class CommandWords
{
    private const int MaxValueLength = 256;

    private static readonly ToolText Secrets = ToolText.OfEnvironment();

    /// <summary>The command by its words, the program first: <c>shop orders add</c>.</summary>
    public static string PathOf(CommandResult command)
    {
        var names = new List<string>();
        for (SymbolResult? level = command; level is not null; level = level.Parent)
        {
            if (level is CommandResult { Command: var named }) names.Add(named.Name);
        }

        names.Reverse();
        return string.Join(' ', names);
    }

    /// <summary>The options and arguments that were given, those of the commands above included; not the defaults of others.</summary>
    public static IEnumerable<CommandWord> Of(ParseResult parsed, CommandMemoryOptions options)
    {
        // What is not understood may be anything, a secret under a misspelled name included.
        var includesValues = options.IncludeValues && parsed.Errors.Count == 0;
        for (SymbolResult? level = parsed.CommandResult; level is CommandResult command; level = level.Parent)
        {
            foreach (var child in command.Children)
            {
                if (child is OptionResult { Implicit: false } option)
                    yield return Word("option", option.Option, option, options, includesValues);
                else if (child is ArgumentResult { Tokens.Count: > 0 } argument)
                    yield return Word("argument", argument.Argument, argument, options, includesValues);
            }
        }
    }

    private static CommandWord Word(string kind, Symbol symbol, SymbolResult given, CommandMemoryOptions options, bool includesValues)
    {
        var name = symbol.Name.TrimStart('-', '/');
        var values = given.Tokens.Select(static token => token.Value).ToList();
        if (SecretNames.Contains(name) || options.Sensitive.Contains(symbol.Name) || options.Sensitive.Contains(name))
            return new CommandWord($"{kind}.{name}", CaptureMarkers.Sensitive, values);
        if (!includesValues) return new CommandWord($"{kind}.{name}", "given", []);
        return new CommandWord($"{kind}.{name}", values.Count == 0
            ? "true"
            : HookText.Cut(Secrets.Mask(string.Join(' ', values)), MaxValueLength), []);
    }
}
