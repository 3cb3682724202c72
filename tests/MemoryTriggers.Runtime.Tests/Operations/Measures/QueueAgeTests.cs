using MemoryTriggers.Journal;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Operations;

public sealed class QueueAgeTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly QueueAge _age;

    public QueueAgeTests() => _age = new QueueAge(_clock);

    [Fact]
    public void Look_NothingWaits_IsNone() => Assert.Empty(_age.Look([Lane(came: 10, done: 10)]));

    [Fact]
    public void Look_NothingIsDone_GrowsFromTheFirstLook()
    {
        _age.Look([Lane(came: 3, done: 0)]);

        for (var look = 1; look <= 5; look++)
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
            Assert.Equal(TimeSpan.FromSeconds(5 * look), _age.Look([Lane(came: 3 + look, done: 0)])[TriggerPriority.Medium]);
        }
    }

    [Fact]
    public void Look_TheOldestAreDone_IsTheAgeOfTheOthers()
    {
        _age.Look([Lane(came: 3, done: 0)]);
        _clock.Advance(TimeSpan.FromSeconds(10));
        _age.Look([Lane(came: 8, done: 0)]);
        _clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(TimeSpan.FromSeconds(20), _age.Look([Lane(came: 9, done: 2)])[TriggerPriority.Medium]);
        Assert.Equal(TimeSpan.FromSeconds(10), _age.Look([Lane(came: 9, done: 3)])[TriggerPriority.Medium]);
        Assert.Equal(TimeSpan.Zero, _age.Look([Lane(came: 9, done: 8)])[TriggerPriority.Medium]);
        Assert.Empty(_age.Look([Lane(came: 9, done: 9)]));
    }

    [Fact]
    public void Look_ManyTimesInALongOutage_KeepsTheAge()
    {
        for (var look = 0; look < 5_000; look++)
        {
            _age.Look([Lane(came: look + 1, done: 0)]);
            _clock.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Equal(TimeSpan.FromSeconds(25_000), _age.Look([Lane(came: 5_000, done: 0)])[TriggerPriority.Medium]);
        // Older looks are thinned out: what is said is a little too low, never too high.
        Assert.InRange(_age.Look([Lane(came: 5_000, done: 2_500)])[TriggerPriority.Medium].TotalSeconds, 11_000, 12_500);
    }

    private static JournalLaneStatistics Lane(long came, long done) => new(
        TriggerPriority.Medium, Accepted: came, Recovered: 0, Read: done, Acknowledged: done, Evicted: 0, Pending: came - done, PendingBytes: 0,
        DroppedTooLarge: 0, DroppedFull: 0, DroppedFailed: 0, DroppedClosed: 0);
}
