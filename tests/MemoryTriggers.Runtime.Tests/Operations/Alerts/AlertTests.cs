using System.Text.Json;
using MemoryTriggers.Policies;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Operations;

public sealed class AlertTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly CollectingLoggers _loggers = new(out _);
    private readonly AlertOptions _options = new();

    private static AlertLook Fine { get; } = new() { FreeDisk = 10L << 30 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<AlertKind, string> Bad => new()
    {
        { AlertKind.ErrorRate, "20.0 % of 10 calls of the store failed within 00:01:00, allowed are 10.0 %" },
        { AlertKind.SlowOperations, "2 calls of the store took 5 s or more within 00:01:00" },
        { AlertKind.QueueAge, "the oldest record has waited 301 s for the store, allowed are 300 s" },
        { AlertKind.DiskSpace, "100 MiB are free on the disk of the data folder, 512 MiB should be" },
        { AlertKind.Drops, "7 records were lost within 00:01:00" },
        { AlertKind.StoreUnavailable, "the store s is unhealthy" },
        { AlertKind.Failures, "3 calls of the store failed within 00:01:00" },
        { AlertKind.Latency, "calls of the store took 1.5 s on average within 00:01:00" },
        { AlertKind.FailurePredicted, "the latency of the store rises: 2 now, its limit of 5 is expected in 60 s" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Find_OneThingIsBad_SaysWhichAndHow(AlertKind kind, string message)
    {
        var look = kind switch
        {
            AlertKind.ErrorRate => Fine with { Calls = new(10, 2, 0, default) },
            AlertKind.SlowOperations => Fine with { Calls = new(1_000, 0, 2, default) },
            AlertKind.QueueAge => Fine with { QueueAge = TimeSpan.FromSeconds(301) },
            AlertKind.DiskSpace => Fine with { FreeDisk = 100L << 20 },
            AlertKind.Drops => Fine with { Drops = 7 },
            AlertKind.StoreUnavailable => Fine with { StoreProblem = "the store s is unhealthy" },
            AlertKind.Failures => Fine with { Calls = new(1_000, 3, 0, default) },
            AlertKind.Latency => Fine with { Calls = new(2, 0, 0, TimeSpan.FromSeconds(3)) },
            _ => Fine with { Prediction = new FailurePrediction("latency", TimeSpan.FromMinutes(1), 2, 5) },
        };

        (_options.Failures, _options.AverageTime) = (3, TimeSpan.FromSeconds(1.5));

        var found = Assert.Single(AlertRules.Find(look, _options), static finding => finding.IsBad);

        Assert.Equal((kind, message), (found.Kind, found.Message));
    }

    [Fact]
    public void Find_AllIsFineOrUnknown_FindsNothing()
    {
        Assert.DoesNotContain(AlertRules.Find(Fine, _options), static finding => finding.IsBad);
        Assert.DoesNotContain(AlertRules.Find(Fine with { FreeDisk = null }, _options), static finding => finding.IsBad);
        Assert.DoesNotContain(AlertRules.Find(Fine with { Calls = new(9, 9, 0, default) }, _options), static finding => finding.IsBad);
        Assert.DoesNotContain(AlertRules.Find(Fine with { Calls = new(1_000, 99, 0, TimeSpan.FromHours(1)) }, _options), static finding => finding.IsBad);
    }

    [Fact]
    public void Note_BadForLong_IsToldOnceAndResolvedAfterThreeGoodLooks()
    {
        var book = new AlertBook(3, _clock);
        var notices = new List<MemoryAlert>();

        foreach (var isBad in new[] { true, true, false, false, true, false, false, false, false })
        {
            notices.AddRange(book.Note([Finding(AlertKind.Drops, isBad)]));
            _clock.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Equal([false, true], notices.Select(static notice => notice.IsResolved));
        Assert.Equal(notices[0].Id, notices[1].Id);
        Assert.Equal(TimeSpan.FromSeconds(35), notices[1].ResolvedAt - notices[1].RaisedAt);
        Assert.Empty(book.Active);
        Assert.Equal((1, notices[1]), (book.Raised, Assert.Single(book.Resolved)));
    }

    [Fact]
    public void Note_TwoKinds_AreTwoAlertsWithTheLatestFigures()
    {
        var book = new AlertBook(3, _clock);

        var first = book.Note([Finding(AlertKind.Drops, isBad: true, 1), Finding(AlertKind.QueueAge, isBad: true, 1)]);
        var second = book.Note([Finding(AlertKind.Drops, isBad: true, 9), Finding(AlertKind.QueueAge, isBad: true, 1)]);

        Assert.Equal((2, 0), (first.Count, second.Count));
        Assert.Equal(9, Assert.Single(book.Active, static alert => alert.Kind == AlertKind.Drops).Value);
        Assert.Equal(2, first.Select(static alert => alert.Id).Distinct().Count());
    }

    [Fact]
    public void Look_Window_ForgetsWhatIsOlder()
    {
        var watch = new AlertWatch(static () => TimeSpan.FromMinutes(1), _clock);

        Assert.Equal((new StoreCounts(5, 1, 0, default), 2), watch.Look(new(5, 1, 0, default), 2));
        _clock.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal((new StoreCounts(8, 1, 0, default), 2), watch.Look(new(8, 1, 0, default), 2));
        _clock.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal((new StoreCounts(5, 0, 0, default), 1), watch.Look(new(10, 1, 0, default), 3));
    }

    [Fact]
    public async Task Dispatch_ChannelFails_IsTriedAgainThenLeftAndTheOthersGetIt()
    {
        var broken = new RecordingChannel { Failures = int.MaxValue };
        var flaky = new RecordingChannel { Failures = 2 };
        var fine = new RecordingChannel();
        using var stop = new CancellationTokenSource();
        var dispatcher = new AlertDispatcher(() => [broken, flaky, fine], _options, _clock, _loggers);
        var running = dispatcher.RunAsync(stop.Token);

        dispatcher.Add(Alert());
        while (fine.Sent.IsEmpty)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await stop.CancelAsync();
        await running;
        Assert.Equal((3, 3, 1), (broken.Attempts, flaky.Attempts, fine.Attempts));
        Assert.Single(flaky.Sent);
        Assert.Equal("Alert drops could not be sent by recording: InvalidOperationException", Assert.Single(_loggers.Warnings));
    }

    [Fact]
    public async Task Log_BothNotices_AreLines()
    {
        var channel = new LogAlertChannel(_loggers);

        await channel.SendAsync(Alert(), Token);
        await channel.SendAsync(Alert() with { ResolvedAt = Any.Time.AddMinutes(2) }, Token);

        Assert.Equal(["Alert drops: 7 records were lost (a1)", "Alert drops is over after 00:02:00 (a1)"], _loggers.Lines);
    }

    [Fact]
    public async Task Webhook_AllowedHost_GetsTheAlertAsJson()
    {
        using var server = new OneAnswerServer("204 No Content");
        using var client = new WebhookClient(new() { WebhookHosts = ["127.0.0.1"], WebhookPrivateAddresses = true });

        await new WebhookAlertChannel(new Uri($"http://127.0.0.1:{server.Port}/alerts"), client).SendAsync(Alert(), Token);

        var request = await server.Request;
        Assert.Contains("Idempotency-Key: a1-raised\r\n", request, StringComparison.Ordinal);
        var body = JsonElement.Parse(request[(request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
        Assert.Equal(("drops", "raised", 7, "7 records were lost"), (
            body.GetProperty("kind").GetString(), body.GetProperty("state").GetString(), body.GetProperty("value").GetInt32(), body.GetProperty("message").GetString()));
        Assert.Equal(JsonValueKind.Null, body.GetProperty("resolved_at").ValueKind);
    }

    [Fact]
    public async Task Webhook_OtherHostOrAnswer_Fails()
    {
        using var server = new OneAnswerServer("500 Oops");
        using var client = new WebhookClient(new() { WebhookHosts = ["127.0.0.1"], WebhookPrivateAddresses = true });

        await Assert.ThrowsAsync<PolicyActionException>(async () => await new WebhookAlertChannel(new Uri("http://elsewhere.example/"), client).SendAsync(Alert(), Token));
        await Assert.ThrowsAsync<HttpRequestException>(async () => await new WebhookAlertChannel(new Uri($"http://127.0.0.1:{server.Port}/"), client).SendAsync(Alert(), Token));
    }

    private static AlertFinding Finding(AlertKind kind, bool isBad, double value = 1) => new(kind, isBad, value, 0, isBad ? "bad" : "");

    private static MemoryAlert Alert() => new() { Id = "a1", Kind = AlertKind.Drops, Message = "7 records were lost", Value = 7, Threshold = 0, RaisedAt = Any.Time };
}
