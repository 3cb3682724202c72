using MemoryTriggers.Soak;

namespace MemoryTriggers.EndToEnd;

/// <summary>An oracle that never complains proves nothing.</summary>
public sealed class OracleTests
{
    [Fact]
    public void Compare_LostDoubledAndUnknown_AreTold()
    {
        var ledger = new Ledger();
        foreach (var line in new[] { "start", "a 0", "d 0", "a 1", "d 1", "a 2", "hit call.before" }) ledger.Note(line);

        Assert.True(ledger.Compare("fault", 1, [0, 1], []).Passed);
        Assert.True(ledger.Compare("fault", 1, [0, 1, 2], []).Passed);
        Assert.Equal(1, ledger.Compare("fault", 1, [1, 2], []).Lost);
        Assert.Equal(1, ledger.Compare("fault", 1, [0, 1, 2, 2], []).Doubled);
        Assert.Single(ledger.Compare("fault", 1, [0, 1, 3], []).Problems);
        Assert.False(ledger.Compare("fault", 1, [0, 1], ["the books"]).Passed);
    }

    [Fact]
    public void SyncLedger_OwesWhatWasSyncedAndNotConsumed()
    {
        var ledger = new SyncLedger();
        foreach (var line in new[] { "a 0", "d 0", "a 1", "d 1", "c 0", "s 2", "a 2", "d 2" }) ledger.Note(line);

        Assert.Equal((1L, 0L, 0L), ledger.Compare([2]));
        Assert.Equal((0L, 1L, 0L), ledger.Compare([2, 2]));
        Assert.Equal((1L, 0L, 1L), ledger.Compare([3]));
    }

    [Fact]
    public void Trend_WhatDoublesInTheSecondHalf_Grows()
    {
        var samples = Enumerable.Range(0, 100).Select(second => new LoadSample(1000, 1e8, second < 60 ? 100 : 200, 20, 0, 1e6)).ToList();

        Assert.Equal(["open handles"], Trend.Of(samples).Where(static trend => trend.Grows).Select(static trend => trend.Name));
    }
}
