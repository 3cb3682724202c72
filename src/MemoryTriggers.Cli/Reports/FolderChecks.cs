using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;
using MemoryTriggers.Cli.Output;
using MemoryTriggers.Cli.Stores;
using MemoryTriggers.Problems;

namespace MemoryTriggers.Cli.Reports;

/// <summary>Looks whether a data folder, or a server, is as it should be.</summary>
internal sealed class FolderChecks(CommandSession session, bool isDeep, bool isDetailed = false)
{
    private const long LeastFreeBytes = 100L * 1024 * 1024;

    public async Task<IReadOnlyList<Finding>> RunAsync() =>
        session.FolderIfAny is { } folder
            ? [.. await StoreAsync(), .. Processes(folder), .. Journals(folder), DeadLetters(folder), .. Problems(folder), Disk(folder)]
            : await StoreAsync();

    private async Task<IReadOnlyList<Finding>> StoreAsync()
    {
        try
        {
            await using var store = await session.OpenAsync();
            var health = await store.Backend.CheckHealthAsync(session.Token);
            var writable = new Finding("store", health.IsHealthy, health.Description);
            return isDeep && store.Sqlite is { } sqlite
                ? [writable, Integrity(await sqlite.CheckIntegrityAsync(session.Token))]
                : [writable];
        }
        catch (Exception exception) when (exception is MemoryBackendException or CommandException { ExitCode: ExitCodes.Failed })
        {
            return [new Finding("store", false, exception.Message)];
        }
    }

    private static Finding Integrity(IReadOnlyList<string> problems) =>
        new("integrity", problems.Count == 0, problems.Count == 0 ? "every page and index was read" : string.Join("; ", problems));

    private IEnumerable<Finding> Processes(StoreFolder folder)
    {
        foreach (var process in RunningProcess.Of(folder.Journals.Select(JournalInspector.Inspect)))
        {
            foreach (var finding in process.Findings()) yield return finding;
            if (isDetailed) yield return process.Details();
        }
    }

    private IEnumerable<Finding> Journals(StoreFolder folder)
    {
        foreach (var journal in folder.Journals.Select(JournalInspector.Inspect))
        {
            var name = $"journal {Path.GetFileName(journal.Directory)}";
            var state = journal.IsInUse
                ? "of a living process"
                : journal.Pending + (journal.Held ?? 0) > 0 ? "left by a process that ended; the next start stores them" : "not in use";
            var waiting = $"{Cells.NumberText(journal.Pending)} records, {state}";
            yield return new Finding(name, journal.Problems.Count == 0, journal.Problems.Count == 0
                ? waiting
                : $"{waiting}; {string.Join("; ", journal.Problems)}");
        }
    }

    private IEnumerable<Finding> Problems(StoreFolder folder) =>
        ProblemLog.At(folder.Path, session.Time).Open()
            .Select(static problem => new Finding($"problem {problem.Id}", false, problem.ToString()));

    private Finding DeadLetters(StoreFolder folder)
    {
        var letters = folder.Letters(session.Time);
        var count = letters.Count;
        if (letters.Problem is { } problem) return new Finding("dead letters", false, problem);
        return new Finding("dead letters", count == 0, count == 0
            ? "none"
            : $"{Cells.NumberText(count)} records could not be stored: see 'dead-letters list'");
    }

    private Finding Disk(StoreFolder folder)
    {
        var free = new DriveInfo(folder.Path).AvailableFreeSpace;
        return new Finding("disk", free >= LeastFreeBytes, $"{Cells.BytesText(free)} free");
    }
}
