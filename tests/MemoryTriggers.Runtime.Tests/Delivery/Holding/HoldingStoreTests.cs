using MemoryTriggers.Delivery.Holding;
using MemoryTriggers.TestKit;
using MemoryTriggers.Problems;

namespace MemoryTriggers.Holding;

public sealed class HoldingStoreTests : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly CollectingLoggers _loggers = new(out _);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void New_NothingHeld_MakesNoFile()
    {
        using var store = Open();

        Assert.Empty(store.Due(10));
        Assert.Null(store.UntilNext());
        Assert.Empty(Directory.GetFiles(_directory.Path));
    }

    [Fact]
    public void Due_BeforeAndAfterItsTime_GivesItBackAsItWas()
    {
        using var store = Open();
        store.Add([(Record(1), new HoldingTime(Minute)), (Record(2, definition: null), new HoldingTime(2 * Minute))]);

        Assert.Empty(store.Due(10));
        Assert.Equal(Minute, store.UntilNext());
        _clock.Advance(Minute);

        var due = Assert.Single(store.Due(10));
        Assert.Equal([1], due.Record);
        Assert.Equal([7], due.Definition);
        _clock.Advance(Minute);
        Assert.Equal(2, store.Due(10).Count);
        Assert.Single(store.Due(1));
    }

    [Fact]
    public void Due_BatchIsFull_IsDueAtOnceAndWhole()
    {
        using var store = Open();
        var batch = new HoldingTime(Minute, "workflow", 3);
        store.Add([(Record(1, batch: "workflow"), batch), (Record(2, batch: "workflow"), batch), (Record(3, batch: "other"), batch with { Batch = "other" })]);
        Assert.Empty(store.Due(10));

        store.Add([(Record(4, batch: "workflow"), batch)]);

        Assert.Equal([1, 2, 4], store.Due(10).Select(static held => (int)held.Record[0]));
    }

    [Fact]
    public void Due_OldestOfABatchHasWaitedLongEnough_BringsTheOthersAlong()
    {
        using var store = Open();
        var batch = new HoldingTime(Minute, "workflow", 100);
        store.Add([(Record(1, batch: "workflow"), batch)]);
        _clock.Advance(Minute / 2);
        store.Add([(Record(2, batch: "workflow"), batch)]);

        _clock.Advance(Minute / 2);

        Assert.Equal(2, store.Due(10).Count);
    }

    [Fact]
    public void Due_ClockSetBackByADay_HoldsNothingForADay()
    {
        using var store = Open();
        store.Add([(Record(1), new HoldingTime(Minute))]);

        _clock.SetBy(-TimeSpan.FromDays(1));

        Assert.Single(store.Due(10));
    }

    [Fact]
    public void Open_AfterAnEndWithoutDispose_HasAllThatWasHeld()
    {
        var lost = Open();
        lost.Add([(Record(1), new HoldingTime(Minute)), (Record(2), new HoldingTime(Minute))]);
        lost.Remove([new HeldRecord(1, Record(1).Record, null, null)]);
        foreach (var file in Directory.GetFiles(_directory.Path)) File.Copy(file, _directory.File("copy-" + Path.GetFileName(file)));
        lost.Dispose();
        var other = Directory.CreateDirectory(_directory.File("other")).FullName;
        foreach (var file in Directory.GetFiles(_directory.Path, "copy-*")) File.Copy(file, Path.Combine(other, Path.GetFileName(file)["copy-".Length..]));

        using var store = Open(other);
        _clock.Advance(Minute);

        Assert.Equal((1, 1), (store.Found, store.Count));
        Assert.Equal(2, Assert.Single(store.Due(10)).Record[0]);
    }

    [Fact]
    public void Adopt_WhatADeadProcessHeld_MovesIt()
    {
        using var left = Open(Directory.CreateDirectory(_directory.File("dead")).FullName);
        left.Add([(Record(1), new HoldingTime(Minute)), (Record(2, batch: "b"), new HoldingTime(Minute, "b", 10))]);
        using var store = Open();

        store.Adopt(left);

        Assert.Equal((2, 2, 0), (store.Found, store.Count, left.Count));
        Assert.Equal(2, store.Due(10).Count);
    }

    [Fact]
    public void Open_DamagedFile_SetsItAsideAndGoesOn()
    {
        File.WriteAllText(_directory.File("held.db"), new string('x', 5_000));

        using var store = Open();
        store.Add([(Record(1), new HoldingTime(TimeSpan.Zero))]);

        Assert.Single(store.Due(10));
        Assert.Single(Directory.GetFiles(_directory.Path, "held.db.damaged-*"));
        Assert.Contains(_loggers.Warnings, static line => line.Contains("set aside", StringComparison.Ordinal));
    }

    private HoldingStore Open(string? folder = null) => new(folder ?? _directory.Path, ProblemLog.At(null, _clock, _loggers.CreateLogger("holding")), _clock);

    private static HeldRecord Record(byte content, byte[]? definition, string? batch = null) => new(0, [content], definition, batch);

    private static HeldRecord Record(byte content, string? batch = null) => Record(content, [7], batch);
}
