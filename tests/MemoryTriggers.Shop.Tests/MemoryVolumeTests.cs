using System.Globalization;
using MemoryTriggers.Shop.Tests.Running;
using MemoryTriggers.Shop.Tests.Script;

namespace MemoryTriggers.Shop.Tests;

/// <summary>How much is remembered of 500 requests, and whether each memory is one of its own and leads somewhere.</summary>
public sealed class MemoryVolumeTests(ShopDay day, ITestOutputHelper output)
{
    /// <summary>Of 500 requests 29 fail, two payments are declined, and each order that is taken is remembered.</summary>
    private const double MostMemoriesPerRequest = 0.4;

    /// <summary>
    /// Memories of a failure beside the first one of its request: the calls of the supplier that were answered 503, each once, which are
    /// memories of the supplier.
    /// </summary>
    private const int MostDuplicates = 3;

    /// <summary>Parents that are not remembered themselves, such as requests that did not fail.</summary>
    private const int MostDanglingParents = 0;

    private const int DeclinedPayments = 2;

    private IReadOnlyList<MemoryEntry> Failures => [.. day.Memories.Where(static entry => entry.Outcome == TriggerOutcome.Failure)];

    private int FailedRequests => day.Caller.ServerErrors + DeclinedPayments;

    [Fact]
    public async Task Day_OfFiveHundredRequests_LeavesFewMemories()
    {
        var health = await day.Memory.GetHealthAsync(TestContext.Current.CancellationToken);

        var perRequest = (double)day.Memories.Count / day.Caller.Requests;
        Assert.Equal((Day.Requests, 29), (day.Caller.Requests, day.Caller.ServerErrors));
        Write($"{day.Memories.Count} memories, {perRequest:0.00} per request");
        Write($"{Failures.Count} failures, {day.Memories.Count(static entry => entry.Tags.Contains("slow"))} slow ones");
        Write($"{health.Counted} successes counted after the restart");
        foreach (var operation in day.Memories.GroupBy(static entry => entry.Key).OrderBy(static group => group.Key, StringComparer.Ordinal))
        {
            var bytes = operation.Average(static entry => entry.Content.Length + entry.Value.GetRawText().Length);
            Write($"{operation.Count(),4} {operation.Count(static entry => entry.Outcome == TriggerOutcome.Failure),4} {bytes,6:0} {operation.Key}");
        }

        Assert.InRange(perRequest, (double)FailedRequests / Day.Requests, MostMemoriesPerRequest);
        Assert.Equal((0, 0), (health.DeadLettered, health.Pending));
        Assert.All(health.Dropped, static drop => Assert.Equal(0, drop.Value));
        Assert.Equal(health.Accepted, health.Stored + health.Counted);
    }

    [Fact]
    public void Failures_OfOneRequest_AreOneMemory()
    {
        var requests = Failures.GroupBy(static entry => entry.TraceId!).ToList();
        var duplicates = Failures.Count - requests.Count;

        foreach (var entry in requests.Where(static request => request.Count() > 1).SelectMany(static request => request))
            Write($"{entry.TraceId}: {entry.Key}: {entry.Content}");
        Write($"{Failures.Count} memories of {requests.Count} failed requests: {duplicates} duplicates");
        Assert.Equal(FailedRequests, requests.Count);
        Assert.InRange(duplicates, 0, MostDuplicates);
    }

    [Fact]
    public void Parents_OfAllMemories_AreMemories()
    {
        var ids = day.Memories.Select(static entry => entry.Id).ToHashSet();
        var parents = day.Memories.Where(static entry => entry.ParentId is not null).ToList();
        var dangling = parents.Where(entry => !ids.Contains(entry.ParentId!.Value)).ToList();

        Write($"{dangling.Count} of {parents.Count} parents are not there");
        Assert.InRange(dangling.Count, 0, MostDanglingParents);
    }

    [Fact]
    public void Restart_AtNoon_KeepsTheMorning()
    {
        var restart = day.Memories.Where(static entry => entry.Key == "host start").Max(static entry => entry.CreatedAt);

        Assert.Contains(day.Memories, entry => entry.CreatedAt < restart && entry.Content.Contains("FREE100", StringComparison.Ordinal));
        Assert.Contains(day.Memories, entry => entry.CreatedAt > restart && entry.Content.Contains("coffee", StringComparison.Ordinal));
    }

    private void Write(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
