using System.CommandLine;
using System.Text.Json.Nodes;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;
using MemoryTriggers.Cli.Output;

namespace MemoryTriggers.Cli.Policies;

/// <summary><c>policy remove</c></summary>
internal static class RemoveCommand
{
    private static readonly Argument<string> Name = new("name") { Description = "The rule, or the type of trigger whose policy it is." };

    public static Command Create() =>
        new Command("remove",
            "Takes a rule, or the policy of a type of trigger, out of a policy file. The rest of the file stays as it is written.")
    {
        Name, PolicyFile.Option, Confirmation.Force, Confirmation.DryRun,
    }.Runs(RunAsync);

    [CliMemoryTrigger("policy remove")]
    private static async Task<int> RunAsync(CommandSession session)
    {
        var (path, name) = (PolicyFile.PathOf(session), session.Get(Name));
        Without(PolicyFile.Read(path).Text, name, path);
        var isDry = session.Get(Confirmation.DryRun);
        if (!isDry)
        {
            Confirmation.Require(session, $"Remove '{name}' from {path}");
            await PolicyFile.ChangeAsync(session, path, text => Without(text, name, path));
        }

        session.Output.Write(new JsonObject { [isDry ? "would_remove" : "removed"] = name, ["policies"] = path }, screen =>
            screen.Line($"{(isDry ? "Would remove" : "Removed")} {name} from {path}."));
        return ExitCodes.Fine;
    }

    private static string Without(string text, string name, string path)
    {
        var document = PolicyFile.Parse(text, path);
        var section = document.Rules.Any(rule => rule.Name == name) ? "rules"
            : document.Policies.Any(policy => policy.Type.Name() == name) ? "policies"
            : throw new CommandException($"There is no rule '{name}' in {path}.");

        // Another rule may chain to it: then the rest is refused, and nothing is written.
        var rest = YamlBlocks.Remove(text, section, name);
        var left = PolicyFile.Parse(rest, path);
        if (left.Rules.Count + left.Policies.Count != document.Rules.Count + document.Policies.Count - 1)
            throw new CommandException($"'{name}' cannot be removed by its lines: change {path} by hand.");
        return rest;
    }
}
