using MemoryTriggers.Files;
using MemoryTriggers.Journal;
using MemoryTriggers.Problems;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Hosting;

/// <summary>
/// Finds this process a journal of its own: the first folder that no living process holds, so that what a dead one left there is taken
/// over by the way. Where nothing can be written, the journal lives in memory.
/// </summary>
internal sealed class JournalOpening(
    DataDirectory data, JournalOptions options, ProblemLog problems, ILoggerFactory loggers, TimeProvider time)
{
    private readonly ILogger<CaptureJournal> _logger = loggers.CreateLogger<CaptureJournal>();

    /// <summary>Opens the journal of this process.</summary>
    public CaptureJournal Open(out string? problem)
    {
        problem = null;
        string? first = null;
        foreach (var folder in data.Journals)
        {
            try
            {
                var journal = CaptureJournal.Open(At(folder), _logger, time, problems);
                if (first is not null) problems.Report($"{first} Another folder is used instead.");
                return journal;
            }
            catch (JournalUnavailableException exception) when (exception.IsOwnedByAnotherProcess)
            {
                // The next one, then.
            }
            catch (JournalUnavailableException exception)
            {
                // Something else may be there under this one name.
                first ??= exception.Message;
            }
        }

        problem = first ?? "all journal folders belong to living processes";
        return CaptureJournal.OpenInMemory(At(""), _logger, time);
    }

    /// <summary>Opens, one after the other, the journals that dead processes have left and that no process holds.</summary>
    public IEnumerable<(string Folder, CaptureJournal Journal)> Orphans()
    {
        foreach (var folder in data.Journals.Where(options.Disk.DirectoryExists))
        {
            CaptureJournal journal;
            try
            {
                journal = CaptureJournal.Open(At(folder), _logger, time, problems);
            }
            catch (JournalUnavailableException)
            {
                // A living process holds it: this one, or another.
                continue;
            }

            yield return (folder, journal);
        }
    }

    private JournalOptions At(string folder) => new()
    {
        Directory = folder,
        SegmentBytes = options.SegmentBytes,
        MaxBytes = options.MaxBytes,
        SyncInterval = options.SyncInterval,
        MaxRecordBytes = options.MaxRecordBytes,
        Overflow = options.Overflow,
        OverflowWait = options.OverflowWait,
        SpillBytes = options.SpillBytes,
        SyncWait = options.SyncWait,
        QuarantineBytes = options.QuarantineBytes,
        QuarantineAge = options.QuarantineAge,
        ForcedMode = options.ForcedMode,
        Disk = options.Disk,
        Nonce = options.Nonce,
    };
}
