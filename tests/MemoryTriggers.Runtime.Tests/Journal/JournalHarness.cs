using System.Buffers.Binary;
using MemoryTriggers.Files;
using MemoryTriggers.Journal;
using MemoryTriggers.Problems;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Tests.Journal;

/// <summary>A directory of its own for each test, and short ways to fill and drain a journal in it.</summary>
internal sealed class JournalHarness : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("journal-");

    public string Root => _root.FullName;

    /// <summary>What openings reported.</summary>
    public ProblemLog Problems { get; } = ProblemLog.At(null, TimeProvider.System);

    public JournalOptions Options { get; init; } = new() { SegmentBytes = 64 * 1024, MaxRecordBytes = 16 * 1024 };

    public static byte[] Record(int number, int length = 24)
    {
        var record = new byte[length];
        BinaryPrimitives.WriteInt32LittleEndian(record, number);
        record.AsSpan(4).Fill((byte)(number * 31 + 7));

        return record;
    }

    public static int Number(ReadOnlyMemory<byte> record)
    {
        var number = BinaryPrimitives.ReadInt32LittleEndian(record.Span);
        Assert.Equal(Record(number, record.Length), record.ToArray());

        return number;
    }

    public CaptureJournal Open(JournalMode mode = JournalMode.Mapped, INativeFile? native = null, string name = "a")
    {
        Options.Directory = Path.Combine(Root, name);
        Options.ForcedMode = mode;
        Options.Disk = new SystemDisk(native ?? NativeFile.Instance);

        return mode == JournalMode.Memory
            ? CaptureJournal.OpenInMemory(Options, NullLogger<CaptureJournal>.Instance, TimeProvider.System)
            : CaptureJournal.Open(Options, NullLogger<CaptureJournal>.Instance, TimeProvider.System, Problems);
    }

    /// <summary>What a crash leaves: the files as they are, the owner's lock gone.</summary>
    public void Crash(string from, string to)
    {
        Directory.CreateDirectory(Path.Combine(Root, to));

        foreach (var file in Directory.GetFiles(Path.Combine(Root, from)).Where(file => Path.GetFileName(file) != "lock"))
            File.Copy(file, Path.Combine(Root, to, Path.GetFileName(file)), overwrite: true);
    }

    public string SegmentFile(string name = "a") => Directory.GetFiles(Path.Combine(Root, name), "*.segment").Order().Last();

    public string[] Quarantine(string name = "a") =>
        Directory.Exists(Path.Combine(Root, name, "quarantine")) ? Directory.GetFiles(Path.Combine(Root, name, "quarantine")) : [];

    public static void Fill(CaptureJournal journal, int from, int count, TriggerPriority lane = TriggerPriority.Medium)
    {
        for (var number = from; number < from + count; number++)
            Assert.Equal(JournalAppendResult.Accepted, journal.TryAppend(lane, Record(number)));
    }

    public static List<int> Drain(CaptureJournal journal, TriggerPriority lane = TriggerPriority.Medium, bool acknowledge = true)
    {
        var numbers = new List<int>();

        while (journal.Read(lane, 100, 64 * 1024) is { IsEmpty: false } batch)
        {
            numbers.AddRange(batch.Records.Select(Number));

            if (acknowledge)
                journal.Acknowledge(batch);
        }

        return numbers;
    }

    public void Dispose() => _root.Delete(recursive: true);
}
