using System.Globalization;
using MemoryTriggers.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Soak;

/// <summary>A program with a small heap: one life fills the journal, as when the store is away for long, the next empties it.</summary>
internal static class BacklogChild
{
    public const string Verb = "backlog-child";
    private const int RecordBytes = 4096;

    /// <summary>Arguments: folder, and the megabytes to fill in; none to empty it.</summary>
    public static int Run(string[] args)
    {
        var settings = new JournalOptions { Directory = args[0], MaxBytes = JournalOptions.MaxTotalBytes };
        using var journal = CaptureJournal.Open(settings, NullLogger<CaptureJournal>.Instance, TimeProvider.System);
        var count = args.Length > 1 ? Fill(journal, long.Parse(args[1], CultureInfo.InvariantCulture)) : Empty(journal);
        ChildOutput.Say(string.Create(CultureInfo.InvariantCulture, $"n {count}"));
        return 0;
    }

    private static int Fill(CaptureJournal journal, long megabytes)
    {
        var records = (int)(megabytes * 1024 * 1024 / RecordBytes);
        for (var number = 0; number < records; number++)
        {
            if (journal.TryAppend(TriggerPriority.Medium, NumberedRecord.Make(number, RecordBytes)) != JournalAppendResult.Accepted) return number;
        }

        return records;
    }

    /// <returns>How many records came, in order and whole, before one did not.</returns>
    private static int Empty(CaptureJournal journal)
    {
        var next = 0;
        while (journal.Read(TriggerPriority.Medium, 500, 4 * 1024 * 1024) is { IsEmpty: false } batch)
        {
            foreach (var record in batch.Records)
            {
                if (NumberedRecord.Read(record.Span) != next) return next;
                next++;
            }

            journal.Acknowledge(batch);
            batch.Return();
        }

        return next;
    }
}
