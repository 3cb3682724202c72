using MemoryTriggers.TestKit;

namespace MemoryTriggers.Hooks;

/// <summary>Lines that wait for the end of their request.</summary>
public sealed class HeldLinesTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly List<string> _told = [];
    private readonly HeldLines _held;

    public HeldLinesTests()
    {
        HeldLines.Use();
        _held = HeldLines.Begin(_time);
    }

    [Fact]
    public void Take_OfTheExceptionOrWhatWrapsIt_LeavesTheOthersToTell()
    {
        var fault = new InvalidOperationException("no funds");
        Hold("first", fault);
        Hold("wrapped", new InvalidOperationException("payment", fault));
        Hold("other", new TimeoutException());

        var taken = _held.Take(new InvalidOperationException("order", fault));
        _held.End();

        Assert.Equal("first | wrapped", taken);
        Assert.Equal(["other"], _told);
    }

    [Fact]
    public void Take_OfAnotherException_TakesNothing()
    {
        Hold("first", new InvalidOperationException());

        Assert.Null(_held.Take(new InvalidOperationException()));
    }

    [Fact]
    public void Line_ThatHasWaitedForFiveSeconds_IsToldAndTheNextOneWaitsAgain()
    {
        Hold("first", new InvalidOperationException());
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(["first"], _told);

        Hold("second", new InvalidOperationException());
        Assert.Equal(["first"], _told);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(["first", "second"], _told);
    }

    [Fact]
    public void TryHold_BeyondTheLimitOrAfterTheEnd_DoesNotWait()
    {
        for (var number = 0; number < 8; number++) Hold($"{number}", new InvalidOperationException());

        Assert.False(_held.TryHold(Line("ninth", new InvalidOperationException())));
        _held.End();
        Assert.False(_held.TryHold(Line("late", new InvalidOperationException())));
        Assert.Equal(8, _told.Count);
    }

    [Fact]
    public void TellAll_BeforeTheProcessEnds_TellsOfWhatWaits()
    {
        Hold("first", new InvalidOperationException());

        HeldLines.TellAll();

        Assert.Equal(["first"], _told);
    }

    private void Hold(string text, Exception exception) => Assert.True(_held.TryHold(Line(text, exception)));

    private HeldLine Line(string text, Exception exception) => new(exception, text, () => _told.Add(text));
}
