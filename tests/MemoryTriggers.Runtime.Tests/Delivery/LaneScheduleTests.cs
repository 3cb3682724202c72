namespace MemoryTriggers.Delivery;

public sealed class LaneScheduleTests
{
    [Fact]
    public void Next_NothingPending_IsNone() => Assert.Null(new LaneSchedule().Next(static _ => false));

    [Fact]
    public void Next_CriticalPending_IsAlwaysCritical()
    {
        var schedule = new LaneSchedule();

        Assert.All(Enumerable.Range(0, 50), _ => Assert.Equal(TriggerPriority.Critical, schedule.Next(static _ => true)));
    }

    [Fact]
    public void Next_AllOthersPending_SharesByWeightAndStarvesNone()
    {
        var schedule = new LaneSchedule();

        var turns = Enumerable.Range(0, 140).Select(_ => schedule.Next(static lane => lane != TriggerPriority.Critical)!.Value).ToList();

        Assert.Equal(80, turns.Count(static lane => lane == TriggerPriority.High));
        Assert.Equal(40, turns.Count(static lane => lane == TriggerPriority.Medium));
        Assert.Equal(20, turns.Count(static lane => lane == TriggerPriority.Low));
    }

    [Fact]
    public void Next_OnlyLowPending_IsLowEveryTime()
    {
        var schedule = new LaneSchedule();

        Assert.All(Enumerable.Range(0, 20), _ => Assert.Equal(TriggerPriority.Low, schedule.Next(static lane => lane == TriggerPriority.Low)));
    }
}
