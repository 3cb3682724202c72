using System.Runtime.InteropServices;
using MemoryTriggers.Capture;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Delivery;

public sealed class RecordOutcomesTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly ProvisionalRecords _provisional;
    private readonly RecordOutcomes _outcomes;

    public RecordOutcomesTests()
    {
        _provisional = new ProvisionalRecords(_time);
        _outcomes = new RecordOutcomes(_provisional);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => _time.GetUtcNow();

    [Fact]
    public async Task Provisional_UntilItIsSettled_IsWaitedFor()
    {
        var record = Record(CaptureId.Create(1, 1), CaptureFlags.Provisional);
        _provisional.Begin(IdOf(record));

        var current = _outcomes.CurrentAsync([record], Token);
        Assert.False(current.IsCompleted);
        _provisional.Settle(IdOf(record));

        Assert.Same(record, Assert.Single(await current));
    }

    [Fact]
    public async Task Provisional_WithoutAnyWord_IsFinalAfterASecond()
    {
        var record = Record(CaptureId.Create(1, 1), CaptureFlags.Provisional);
        _provisional.Begin(IdOf(record));
        var current = _outcomes.CurrentAsync([record], Token);

        _time.Advance(ProvisionalRecords.Longest - TimeSpan.FromMilliseconds(1));
        Assert.False(current.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Single(await current);
    }

    [Fact]
    public async Task Provisional_ThatIsCorrectedInALaterBatch_IsLeftOut()
    {
        var first = Record(CaptureId.Create(1, 1), CaptureFlags.Provisional);
        _provisional.Begin(IdOf(first));
        var current = _outcomes.CurrentAsync([first], Token);

        Assert.True(_provisional.TryReplace(IdOf(first)));
        Assert.Empty(await current);
        // Also when the batch is read again.
        _outcomes.Delivered([first]);
        Assert.Empty(await _outcomes.CurrentAsync([first], Token));

        var correction = Record(IdOf(first), CaptureFlags.Correction);
        Assert.Same(correction, Assert.Single(await _outcomes.CurrentAsync([correction], Token)));
    }

    [Fact]
    public async Task Records_OfOneIdInABatch_AreTheLastOne()
    {
        var id = CaptureId.Create(1, 1);
        var (first, second, other) = (Record(id, CaptureFlags.Provisional), Record(id, CaptureFlags.Correction), Record(CaptureId.Create(1, 2), CaptureFlags.None));

        Assert.Equal([other, second], await _outcomes.CurrentAsync([first, other, second], Token));
    }

    [Theory]
    [InlineData(TriggerOutcome.Success, -1, true)]
    [InlineData(TriggerOutcome.Failure, -1, false)]
    [InlineData(TriggerOutcome.Success, 1, false)]
    public async Task Provisional_OfAProcessThatEnded_IsMarkedWhenItIsASuccess(TriggerOutcome outcome, int seconds, bool isMarked)
    {
        var record = Record(CaptureId.Create(1, 1), CaptureFlags.Provisional, outcome, Now.AddSeconds(seconds));

        var entry = Assert.Single(await _outcomes.CurrentAsync([record], Token)).Entry;

        Assert.Equal(isMarked, entry.Tags.Contains("provisional"));
    }

    [Fact]
    public void Correction_OfARecordThatWasNotTaken_IsNotTakenEither()
    {
        var id = CaptureId.Create(1, 1);
        _provisional.Begin(id);
        _provisional.Refuse(id);

        Assert.False(_provisional.TryReplace(id));
    }

    [Fact]
    public async Task Wait_WhenStopped_Ends()
    {
        var record = Record(CaptureId.Create(1, 1), CaptureFlags.Provisional);
        _provisional.Begin(IdOf(record));
        using var stop = new CancellationTokenSource();
        var current = _outcomes.CurrentAsync([record], stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => current);
    }

    private static CaptureId IdOf(PendingRecord record) => MemoryMarshal.AsRef<CaptureHead>(record.Record.Span).Id;

    private PendingRecord Record(CaptureId id, CaptureFlags flags, TriggerOutcome outcome = TriggerOutcome.Success, DateTimeOffset? at = null)
    {
        var bytes = new byte[CaptureHead.Size];
        MemoryMarshal.Write(bytes, new CaptureHead { Version = CaptureFormat.Version, Id = id, Flags = (byte)flags });
        return new PendingRecord(bytes, Any.Entry() with { Id = id.ToGuid(), Outcome = outcome, UpdatedAt = at ?? Now }, null);
    }
}
