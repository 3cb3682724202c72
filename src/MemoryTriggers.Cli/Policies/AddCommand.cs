using System.CommandLine;
using System.Text.Json.Nodes;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;
using MemoryTriggers.Cli.Memories;
using MemoryTriggers.Cli.Output;
using MemoryTriggers.Policies;

namespace MemoryTriggers.Cli.Policies;

/// <summary><c>policy add</c></summary>
internal static class AddCommand
{
    private static readonly Argument<FileInfo> Source = new Argument<FileInfo>("file")
    {
        Description = "A YAML file with the rules, and the policies by type, that are to be added.",
    }.AcceptExistingOnly();
    private static readonly Option<bool> Replace = new("--replace") { Description = "Replaces rules and policies of the same name." };

    private static readonly Option<string?> Configuration = new("--config")
    {
        Description = "The configuration of the program. With it, rules whose webhooks it does not let through are refused.",
        HelpName = "file",
    };

    public static Command Create() => new Command("add", "Adds the rules of a file to the policies of a program. Both are checked, and " +
        "the result as well, before anything is written. Programs use it from their next start on.")
    {
        Source, PolicyFile.Option, Replace, Configuration, Confirmation.DryRun,
    }.Runs(RunAsync);

    [CliMemoryTrigger("policy add")]
    private static async Task<int> RunAsync(CommandSession session)
    {
        var path = PolicyFile.PathOf(session);
        var (source, added) = PolicyFile.Read(session.Get(Source).FullName);
        var known = new PolicySetOptions { Reach = ReachOf(session.Get(Configuration)) };
        List<(string Section, string Name)> members = [.. added.Rules.Select(static rule => ("rules", rule.Name)),
            .. added.Policies.Select(static policy => ("policies", policy.Type.Name()))];
        var rules = 0;
        if (session.Get(Confirmation.DryRun)) Changed(File.Exists(path) ? PolicyFile.Read(path).Text : "");
        else await PolicyFile.ChangeAsync(session, path, Changed);
        var names = EntryDocument.Array(members.Select(static member => member.Name));
        session.Output.Write(
            new JsonObject
            {
                [session.Get(Confirmation.DryRun) ? "would_add" : "added"] = names,
                ["policies"] = path,
                ["rules"] = rules,
            },
            screen => screen.Line($"{(session.Get(Confirmation.DryRun) ? "Would add" : "Added")} " +
                $"{string.Join(", ", members.Select(static member => member.Name))} to {path}."));
        return ExitCodes.Fine;

        string Changed(string text)
        {
            foreach (var (section, name) in members)
            {
                if (Has(text, section, name))
                    text = session.Get(Replace)
                        ? YamlBlocks.Remove(text, section, name)
                        : throw new CommandException($"There is a '{name}' under '{section}' already; --replace replaces it.");
                text = YamlBlocks.Add(text, section, YamlBlocks.Take(source, section, name));
            }

            rules = PolicyFile.Parse(text, path, known).Rules.Count;
            return members.Find(member => !Has(text, member.Section, member.Name)) is { Name: { } missing }
                ? throw new CommandException($"'{missing}' cannot be added by its lines: change {path} by hand.")
                : text;
        }
    }

    private static WebhookReach? ReachOf(string? configuration)
    {
        if (configuration is null) return null;
        var report = MemoryConfiguration.ValidateFile(Path.GetFullPath(configuration));
        var policies = report.Configuration.Policies;
        return report.IsValid
            ? new WebhookReach(policies.WebhookHosts, policies.WebhookPrivateAddresses)
            : throw new CommandException(string.Join('\n', report.Refusals));
    }

    private static bool Has(string text, string section, string name)
    {
        var document = PolicyYaml.Parse(text);
        return section == "rules"
            ? document.Rules.Any(rule => rule.Name == name)
            : document.Policies.Any(policy => policy.Type.Name() == name);
    }
}
