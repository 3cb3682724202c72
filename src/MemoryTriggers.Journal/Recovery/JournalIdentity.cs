using MemoryTriggers.Files;
using MemoryTriggers.Problems;

namespace MemoryTriggers.Journal;

/// <summary>
/// Which journal it is that the segments of a folder belong to. A checkpoint of another one, such as that of a copied folder, says nothing
/// about them: then everything is read, and what was stored before is stored again under the same id.
/// </summary>
/// <param name="Journal">The random id.</param>
/// <param name="Positions">How far each lane is acknowledged.</param>
internal readonly record struct JournalIdentity(ulong Journal, JournalPosition[] Positions)
{
    public static JournalIdentity Of(
        JournalDirectory directory, JournalCheckpoint checkpoint, Func<ulong> random, IDisk disk, ProblemLog problems)
    {
        var found = new HashSet<ulong>();
        var page = new byte[SegmentHeader.Bytes];
        foreach (var path in directory.SegmentFiles())
        {
            if (TryRead(path, page, disk, out var header)) found.Add(header.Journal);
        }

        if (checkpoint.Journal != 0 && found.All(journal => journal == checkpoint.Journal))
            return new JournalIdentity(checkpoint.Journal, checkpoint.Positions);

        if (checkpoint.Journal != 0)
            problems.Report($"the checkpoint in {directory.FullPath} belongs to another journal and was ignored: all records that are "
                + "there are stored, again where they were stored before");

        var own = found.Count == 1 ? found.First() : random();
        return new JournalIdentity(own, new JournalPosition[JournalCheckpoint.Lanes]);
    }

    // A file that cannot be read now is reported by the recovery.
    private static bool TryRead(string path, byte[] page, IDisk disk, out SegmentHeader header)
    {
        header = default;
        try
        {
            using var file = disk.Open(path, FileMode.Open);
            return SegmentHeader.TryRead(page.AsSpan(0, file.Read(page, 0)), out header, out _);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
