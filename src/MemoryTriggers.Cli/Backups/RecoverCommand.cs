using System.CommandLine;
using System.Text.Json.Nodes;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;
using MemoryTriggers.Cli.Output;
using MemoryTriggers.Cli.Policies;
using MemoryTriggers.Cli.Reports;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace MemoryTriggers.Cli.Backups;

/// <summary><c>recover</c></summary>
internal static class RecoverCommand
{
    private static readonly Option<bool> TestAfter = new("--test-after")
    {
        Description = "Then runs the checks of 'health --deep', and exits with 3 when a check fails.",
    };

    public static Command Create() => new Command("recover", "Runs the recovery of a program start: repairs a damaged store (the damaged " +
        "file is moved aside, readable memories are saved), migrates it, and stores the records that ended processes left in their " +
        "journals. Give --project, --policies and --key-file as the program has them.")
    {
        PolicyFile.Option, TestAfter, Confirmation.Force, Confirmation.DryRun,
    }.RunsWithoutMemory(RunAsync);

    [CliMemoryTrigger("recover")]
    private static async Task<int> RunAsync(CommandSession session)
    {
        var folder = session.Folder;
        folder.RequireStore();
        folder.RefuseLiteDb("its program repairs it at the start.");
        if (folder.IsJson) throw new CommandException("A JSON store is repaired by its program.");
        if (session.Get(Confirmation.DryRun)) return await LookAsync(session);
        Confirmation.Require(session, $"Recover {folder.Path}");

        var (health, recovery) = await StartAsync(session);
        session.Output.Write(
            new JsonObject
            {
                ["store"] = recovery,
                ["recovered"] = health.Stored,
                ["denied"] = health.Denied,
                ["pending"] = health.Pending,
                ["dead_letters"] = health.DeadLettered,
            },
            screen =>
            {
                screen.Line(recovery ?? "The store was not damaged.");
                screen.Line($"{Cells.NumberText(health.Stored)} records stored, {Cells.NumberText(health.Denied)} denied, " +
                    $"{Cells.NumberText(health.Pending)} still wait, {Cells.NumberText(health.DeadLettered)} could not be stored.");
            });
        if (!session.Get(TestAfter)) return ExitCodes.Fine;

        var bad = (await new FolderChecks(session, isDeep: true).RunAsync()).Where(static finding => !finding.IsWell).ToList();
        foreach (var finding in bad) CommandOutput.Remark($"{finding.Name}: {finding.Detail}");
        return bad.Count == 0 ? ExitCodes.Fine : ExitCodes.Unhealthy;
    }

    private static async Task<int> LookAsync(CommandSession session)
    {
        var findings = await new FolderChecks(session, isDeep: true).RunAsync();
        var left = session.Folder.Journals.Select(JournalInspector.Inspect).Where(static journal => !journal.IsInUse)
            .Sum(static journal => journal.Pending + (journal.Held ?? 0));
        session.Output.Write(
            new JsonObject
            {
                ["would_recover"] = left,
                ["checks"] = new JsonArray([.. findings.Select(static finding => finding.Document)]),
            },
            screen =>
            {
                screen.Write(FindingTable.Of(findings));
                screen.Line($"{Cells.NumberText(left)} records that ended processes left would be stored.");
            });
        return ExitCodes.Fine;
    }

    private static async Task<(MemoryTriggersHealth Health, string? Recovery)> StartAsync(CommandSession session)
    {
        var backend = new SqliteMemoryBackend(new SqliteBackendOptions { Path = session.Folder.Store, BusyTimeout = session.Timeout,
            AlwaysCheckOnOpen = true }, NullLogger.Instance, session.Time);
        try
        {
            await using var service = await MemoryTriggerService.StartAsync(
                options =>
                {
                    options.DataDirectory = session.Folder.Path;
                    options.Project = session.Project;
                    options.Protection.KeyFile = session.KeyFile;
                    options.Policies.File = session.Get(PolicyFile.Option) is { } given ? Path.GetFullPath(given) : null;
                },
                backend,
                NullLoggerFactory.Instance,
                session.Token);
            await service.WaitForStoreAsync(session.Token);
            if ((await service.GetHealthAsync(session.Token)).Backend is { IsHealthy: false } store)
                throw new CommandException(store.Description);
            await service.WaitForAdoptionAsync(session.Token);
            await service.FlushAsync(cancellationToken: session.Token);
            return (await service.GetHealthAsync(session.Token), backend.Recovery);
        }
        catch (OptionsValidationException exception)
        {
            throw new CommandException(exception.Message, ExitCodes.WrongUsage, exception);
        }
    }
}
