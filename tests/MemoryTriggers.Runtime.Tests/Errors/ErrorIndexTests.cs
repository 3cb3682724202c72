using MemoryTriggers.Errors;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Runtime.Tests.Memories;

public sealed class ErrorIndexTests
{
    [Fact]
    public void Failed_SameMemoryAgain_CountsOnce()
    {
        var index = new ErrorIndex(new AutoRecallOptions());
        var (first, second) = (Any.Entry(), Any.Entry() with { Occurrences = 5, LastSeenAt = Any.Time.AddDays(9) });

        index.Failed(Fingerprint(1), first);
        index.Failed(Fingerprint(1), first);
        index.Failed(Fingerprint(1), second);

        var known = index.Find("shop", Fingerprint(1));
        Assert.Equal((6, first.CreatedAt, Any.Time.AddDays(9)), (known!.Occurrences, known.FirstSeen, known.LastSeen));
        Assert.Null(index.Find("shop", Fingerprint(2)));
    }

    [Fact]
    public void Failed_MoreThanAreKept_LongestUnseenFallOut()
    {
        var index = new ErrorIndex(new AutoRecallOptions { MaxErrors = 100 });
        for (var number = 0; number < 100; number++) index.Failed(Fingerprint(number), Any.Entry());
        index.Failed(Fingerprint(0), Any.Entry());

        index.Failed(Fingerprint(100), Any.Entry());

        Assert.NotNull(index.Find("shop", Fingerprint(0)));
        Assert.Null(index.Find("shop", Fingerprint(1)));
        Assert.NotNull(index.Find("shop", Fingerprint(100)));
    }

    [Fact]
    public void Resolved_MoreThanAreBrought_TheLatestStay()
    {
        var index = new ErrorIndex(new AutoRecallOptions { MaxResolutions = 2 });
        index.Failed(Fingerprint(1), Any.Entry());
        var entries = Enumerable.Range(0, 5).Select(static day => Any.Entry($"{day}") with { CreatedAt = Any.Time.AddDays(day) }).ToList();
        foreach (var entry in entries.Append(entries[4])) index.Resolved(Fingerprint(1), entry);

        Assert.Equal(["4", "3"], index.Find("shop", Fingerprint(1))!.Resolutions.Select(static found => found.Line));
    }

    [Fact]
    public void Resolved_NeverSeen_IsNotRecalled()
    {
        var index = new ErrorIndex(new AutoRecallOptions());

        index.Resolved(Fingerprint(1), Any.Entry());

        Assert.Null(index.Find("shop", Fingerprint(1)));
    }

    [Fact]
    public void Succeeded_Operation_IsOpenNoMore()
    {
        var index = new ErrorIndex(new AutoRecallOptions());
        var entry = Any.Entry();
        index.Failed(Fingerprint(1), entry);
        Assert.Equal(Fingerprint(1), index.Open(entry.Project, entry.Key)?.Fingerprint);

        index.Succeeded(entry with { Key = "other" });
        Assert.Equal(Fingerprint(1), index.Open(entry.Project, entry.Key)?.Fingerprint);
        index.Succeeded(entry);

        Assert.Null(index.Open(entry.Project, entry.Key)?.Fingerprint);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"exception":5}""")]
    [InlineData("""{"exception":[]}""")]
    public void FingerprintOf_NoException_IsNone(string value) =>
        Assert.Null(MemoryErrorReader.FingerprintOf(Any.Entry() with { Value = System.Text.Json.JsonElement.Parse(value) }));

    private static ErrorFingerprint Fingerprint(int number)
    {
        ErrorFingerprint.TryParse($"{number:x16}", out var fingerprint);
        return fingerprint;
    }
}
