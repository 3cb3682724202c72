using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;
using MemoryTriggers.Cli.Output;
using MemoryTriggers.Cli.Policies;
using MemoryTriggers.Configuration;
using MemoryTriggers.Files;
using Spectre.Console;

namespace MemoryTriggers.Cli.Configurations;

/// <summary><c>deploy</c></summary>
internal static partial class DeployCommand
{
    private static readonly Argument<FileInfo> Source = new Argument<FileInfo>("file")
    {
        Description = "The configuration.",
    }.AcceptExistingOnly();
    private static readonly Option<string> Environment =
        GlobalOptions.OneOf<string>(new("--env", "-e") { Description = "The environment to deploy to.", Required = true },
            EnvironmentNames.All);
    private static readonly Option<bool> Backup = new("--backup")
    {
        Description = "Keeps the previous file of the environment, as name.backup.yyyyMMdd_HHmmss.yaml.",
    };

    public static Command Create() => new Command(
        "deploy", "Deploys a configuration to an environment: checks it for that environment, and writes it beside itself as " +
            "name.<environment>.yaml, in one step. Running programs reload it automatically.")
    {
        Source, Environment, Backup, Confirmation.DryRun,
    }.Runs(RunAsync);

    [CliMemoryTrigger("deploy")]
    private static async Task<int> RunAsync(CommandSession session)
    {
        var (source, environment) = (session.Get(Source).FullName, session.Get(Environment)!);
        if (SettingFile.TryRead(source, out var written) is { } failure) throw new CommandException($"{source}: {failure}");
        var text = For(written, environment);
        var report = MemoryConfiguration.ValidateText(text, source);
        if (!report.IsValid)
        {
            session.Output.Write(ReportDocument.Of(report, isValid: false), screen => ReportDocument.Show(screen, report));
            throw new CommandException($"{source} cannot be deployed to {environment}: {report.Refusals.Count} errors. " +
                "Nothing was written.");
        }

        var target = SettingFile.ForEnvironment(source, environment);
        var changes = Changes(target, report);
        var isDry = session.Get(Confirmation.DryRun);
        var backup = isDry ? null : await WriteAsync(session, target, text);
        var document = ReportDocument.Of(report, isValid: true);
        document.Insert(0, "target", target);
        document.Insert(1, isDry
            ? "would_change"
            : "changed",
            new JsonArray([.. changes.Select(static change =>
                (JsonNode)new JsonObject { ["key"] = change.Key, ["before"] = change.Before, ["after"] = change.After })]));
        document.Insert(2, "backup", backup);
        session.Output.Write(document, screen =>
        {
            ReportDocument.Show(screen, report);
            var table = Tables.Of("key", "before", "after");
            foreach (var (key, before, after) in changes)
                table.AddRow(Cells.Text(key), Cells.Text(before ?? "(not said)"), Cells.Text(after ?? "(not said)"));
            if (changes.Count > 0) screen.Write(table);
            screen.Line($"{(isDry ? "Would write" : "Wrote")} {target}, {changes.Count} values " +
                $"changed{(backup is null ? "" : $"; before: {backup}")}.");
        });
        return ExitCodes.Fine;
    }

    // The rest stays as it was written, with its comments.
    private static string For(string text, string environment)
    {
        var line = $"environment: \"{environment}\"";
        return EnvironmentLine().IsMatch(text) ? EnvironmentLine().Replace(text, line, 1) : $"{line}\n{text}";
    }

    private static List<(string Key, string? Before, string? After)> Changes(string target, MemoryConfigurationReport report)
    {
        var before = File.Exists(target)
            ? MemoryConfiguration.ValidateFile(target).Values.ToDictionary(static value => value.Path, static value => value.Value)
            : [];
        var after = report.Values.ToDictionary(static value => value.Path, static value => value.Value);
        return
        [
            .. before.Keys.Union(after.Keys).Order(StringComparer.Ordinal)
                .Select(key => (Key: key, Before: before.GetValueOrDefault(key), After: after.GetValueOrDefault(key)))
                .Where(static change => change.Before != change.After),
        ];
    }

    private static async Task<string?> WriteAsync(CommandSession session, string target, string text)
    {
        // The backup is what was there before this text, and not before that of another command.
        using var held = await PolicyFile.LockAsync(session, target);
        string? backup = null;
        if (session.Get(Backup) && File.Exists(target))
        {
            var time = session.Time.GetLocalNow().ToString("yyyyMMdd_HHmmss", CultureInfo.InvariantCulture);
            backup = Path.Combine(Path.GetDirectoryName(target)!,
                $"{Path.GetFileNameWithoutExtension(target)}.backup.{time}{Path.GetExtension(target)}");
            WholeFile.Copy(target, backup);
        }

        SettingFile.Replace(target, text);
        return backup;
    }

    [GeneratedRegex(@"^environment\s*:[^\r\n]*", RegexOptions.Multiline)]
    private static partial Regex EnvironmentLine();
}
