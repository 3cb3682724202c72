using System.Globalization;
using MemoryTriggers.Files;
using MemoryTriggers.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Soak;

/// <summary>
/// The victim of a loss of power: appends to a journal whose syncs are noted, and reads some of it back. It says <c>a</c> and the number
/// before an append, <c>d</c> after it, <c>s</c> when all it appended so far is synced, <c>c</c> before it acknowledges a record as done with.
/// </summary>
internal static class AppendingChild
{
    public const string Verb = "appending-child";
    private const int MaxBlocks = 20_000;
    private static readonly TriggerPriority[] Lanes = [TriggerPriority.Critical, TriggerPriority.Medium, TriggerPriority.Low];

    /// <summary>Arguments: folder of the journal, folder for the notes, mode, first number, seed.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var options = new JournalOptions
        {
            Directory = args[0],
            SegmentBytes = JournalOptions.MinSegmentBytes,
            MaxBytes = 64 * JournalOptions.MinSegmentBytes,
            SyncInterval = TimeSpan.FromMilliseconds(5),
            ForcedMode = Enum.Parse<JournalMode>(args[2]),
            Disk = new SystemDisk(new SyncedShadow(args[0], args[1])),
        };
        var number = int.Parse(args[3], CultureInfo.InvariantCulture);
        var random = new Random(int.Parse(args[4], CultureInfo.InvariantCulture));
        using var journal = CaptureJournal.Open(options, NullLogger<CaptureJournal>.Instance, TimeProvider.System);
        ChildOutput.Say("ready");

        for (var block = 0; block < MaxBlocks; block++)
        {
            for (var left = random.Next(1, 30); left > 0; left--, number++) Append(journal, number, random);
            if (random.Next(3) > 0) Consume(journal, Lanes[random.Next(Lanes.Length)], random.Next(1, 60));
            if (random.Next(4) > 0) continue;
            await journal.SyncAsync(CancellationToken.None);
            ChildOutput.Say($"s {number}");
        }

        return 3;
    }

    private static void Append(CaptureJournal journal, int number, Random random)
    {
        var lane = Lanes[random.Next(Lanes.Length)];
        var record = NumberedRecord.Make(number, random.Next(8) == 0 ? random.Next(1000, 6000) : random.Next(16, 400));
        ChildOutput.Say($"a {number}");
        if (journal.TryAppend(lane, record) == JournalAppendResult.Accepted) ChildOutput.Say($"d {number}");
    }

    private static void Consume(CaptureJournal journal, TriggerPriority lane, int count)
    {
        var batch = journal.Read(lane, count, 64 * 1024);
        foreach (var record in batch.Records) ChildOutput.Say($"c {NumberedRecord.Read(record.Span)}");
        journal.Acknowledge(batch);
        batch.Return();
    }
}
