using MemoryTriggers.Errors;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Runtime.Tests.Memories;

public sealed class ErrorIndexTests
{
    [Fact]
    public void Seen_SameMemoryAgain_CountsOnce()
    {
        var index = new ErrorIndex(new AutoRecallOptions());
        var (first, second) = (Any.Entry(), Any.Entry() with { Occurrences = 5, LastSeenAt = Any.Time.AddDays(9) });

        index.Seen(Fingerprint(1), first);
        index.Seen(Fingerprint(1), first);
        index.Seen(Fingerprint(1), second);

        var known = index.Find("shop", Fingerprint(1));
        Assert.Equal((6, first.CreatedAt, Any.Time.AddDays(9)), (known!.Occurrences, known.FirstSeen, known.LastSeen));
        Assert.Null(index.Find("shop", Fingerprint(2)));
    }

    [Fact]
    public void Seen_MoreThanAreKept_LongestUnseenFallOut()
    {
        var index = new ErrorIndex(new AutoRecallOptions { MaxErrors = 100 });
        for (var number = 0; number < 100; number++) index.Seen(Fingerprint(number), Any.Entry());
        index.Seen(Fingerprint(0), Any.Entry());

        index.Seen(Fingerprint(100), Any.Entry());

        Assert.NotNull(index.Find("shop", Fingerprint(0)));
        Assert.Null(index.Find("shop", Fingerprint(1)));
        Assert.NotNull(index.Find("shop", Fingerprint(100)));
    }

    [Fact]
    public void Resolved_MoreThanAreBrought_TheLatestStay()
    {
        var index = new ErrorIndex(new AutoRecallOptions { MaxResolutions = 2 });
        index.Seen(Fingerprint(1), Any.Entry());
        var entries = Enumerable.Range(0, 5).Select(static day => Linked(Fingerprint(1).ResolutionTag) with { Content = $"{day}", CreatedAt = Any.Time.AddDays(day) }).ToList();
        foreach (var entry in entries.Append(entries[4])) index.Linked(entry);

        Assert.Equal(["4", "3"], index.Find("shop", Fingerprint(1))!.Resolutions.Select(static found => found.Line));
    }

    [Fact]
    public void Resolved_NeverSeen_IsNotRecalled()
    {
        var index = new ErrorIndex(new AutoRecallOptions());

        index.Linked(Linked(Fingerprint(1).ResolutionTag));

        Assert.Null(index.Find("shop", Fingerprint(1)));
    }

    [Fact]
    public void Unlinked_Memory_IsNeitherResolutionNorCoincidence()
    {
        var index = new ErrorIndex(new AutoRecallOptions());
        index.Seen(Fingerprint(1), Any.Entry());
        var (resolution, coincidence) = (Linked(Fingerprint(1).ResolutionTag), Linked(Fingerprint(1).CoincidenceTag));
        index.Linked(resolution);
        index.Linked(coincidence);
        var linked = index.Find("shop", Fingerprint(1))!;

        index.Unlinked(resolution);
        index.Unlinked(coincidence);

        Assert.Equal(resolution.Id, Assert.Single(linked.Resolutions).Id);
        Assert.Equal(coincidence.Id, Assert.Single(linked.Coincidences).Id);
        var known = index.Find("shop", Fingerprint(1))!;
        Assert.Equal((0, 0), (known.Resolutions.Count, known.Coincidences.Count));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"exception":5}""")]
    [InlineData("""{"exception":[]}""")]
    public void FingerprintOf_NoException_IsNone(string value) =>
        Assert.Null(MemoryErrorReader.FingerprintOf(Any.Entry() with { Value = System.Text.Json.JsonElement.Parse(value) }));

    private static MemoryEntry Linked(string tag) => Any.Entry() with { Tags = [tag] };

    private static ErrorFingerprint Fingerprint(int number)
    {
        ErrorFingerprint.TryParse($"{number:x16}", out var fingerprint);
        return fingerprint;
    }
}
