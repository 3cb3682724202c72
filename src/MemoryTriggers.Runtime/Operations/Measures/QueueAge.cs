using MemoryTriggers.Journal;

namespace MemoryTriggers.Operations;

/// <summary>
/// How long the oldest record has waited for the store. Nothing is noted for a record: every look remembers how many had come by then, and
/// the oldest that waits came after the last look whose count is done. So the age is as exact as looks are frequent, and never too high.
/// Thread-safe.
/// </summary>
internal sealed class QueueAge(TimeProvider time)
{
    private const int MaxMarks = 720;

    private readonly Lock _gate = new();
    private readonly Dictionary<TriggerPriority, List<(long Came, long At)>> _marks = [];

    /// <summary>Takes a sample.</summary>
    /// <returns>The age of the oldest of each lane that has any.</returns>
    public IReadOnlyDictionary<TriggerPriority, TimeSpan> Look(IReadOnlyList<JournalLaneStatistics> lanes)
    {
        var ages = new Dictionary<TriggerPriority, TimeSpan>();
        lock (_gate)
        {
            foreach (var lane in lanes)
            {
                if (!_marks.TryGetValue(lane.Lane, out var marks)) _marks[lane.Lane] = marks = [];
                var came = lane.Accepted + lane.Recovered;
                marks.RemoveAll(mark => mark.Came <= came - lane.Pending);
                if (lane.Pending <= 0) continue;
                if (marks.Count == 0 || marks[^1].Came < came) marks.Add((came, time.GetTimestamp()));
                if (marks.Count > MaxMarks) Thin(marks);
                ages[lane.Lane] = time.GetElapsedTime(marks[0].At);
            }
        }

        return ages;
    }

    // A long outage: every second look is enough. The first stays: it is the age.
    private static void Thin(List<(long Came, long At)> marks)
    {
        for (var index = marks.Count - 1; index > 0; index -= 2) marks.RemoveAt(index);
    }
}
