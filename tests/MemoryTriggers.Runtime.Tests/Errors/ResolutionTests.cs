using System.Text.Json;
using MemoryTriggers.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Errors;

/// <summary>Which successes resolve an error, which ones are coincident, and which say nothing.</summary>
public sealed class ResolutionTests : IAsyncDisposable
{
    private const string Io = "System.IO.IOException";
    private readonly InMemoryMemoryBackend _store = new();
    private readonly ErrorLinkingBackend _linking;

    public ResolutionTests() => _linking = Linking(_store);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _linking.DisposeAsync();

    [Theory]
    [InlineData("""{"method":"Orders.Place(int)","arguments":{"id":7}}""", """{"method":"Orders.Place(int)","arguments":{"id":7}}""", "resolution")]
    [InlineData("""{"method":"Orders.Place(int)","arguments":{"id":7}}""", """{"method":"Orders.Place(int)","arguments":{"id":8}}""", "")]
    [InlineData("""{"method":"Orders.Place(string)","arguments":{"id":"a"}}""", """{"method":"Orders.Place(string)","arguments":{"id":"A"}}""", "")]
    [InlineData("""{"method":"Orders.Place(int)"}""", """{"method":"Orders.Place(int)"}""", "coincident")]
    [InlineData("""{"method":"Orders.Place(int)"}""", """{"method":"Orders.Place(int)","arguments":{"id":8}}""", "coincident")]
    [InlineData("""{"method":"Orders.Place(int)"}""", """{"method":"Orders.Place(string)"}""", "")]
    [InlineData("""{"method":"Orders.Sweep()"}""", """{"method":"Orders.Sweep()"}""", "resolution")]
    [InlineData("""{"method":"Orders.Sweep(CancellationToken)"}""", """{"method":"Orders.Sweep(CancellationToken)"}""", "resolution")]
    [InlineData("""{"method":"Orders.Limit.set"}""", """{"method":"Orders.Limit.set"}""", "coincident")]
    [InlineData("""{"method":"O.P(O)","arguments":{"o":{"id":7}}}""", """{"method":"O.P(O)","arguments":{"o":{"id":7}}}""", "resolution")]
    [InlineData("""{"method":"O.P(O)","arguments":{"o":{"id":7}}}""", """{"method":"O.P(O)","arguments":{"o":{"id":8}}}""", "coincident")]
    [InlineData("""{"method":"O.P(O)","truncated":true,"arguments":{"o":{"id":7}}}""", """{"method":"O.P(O)","arguments":{"o":{"id":7}}}""", "coincident")]
    [InlineData("{}", "{}", "resolution")]
    [InlineData("""{"operation":"a"}""", """{"operation":"b"}""", "")]
    [InlineData("""{"metadata":{"order":7}}""", """{"metadata":{"order":7}}""", "resolution")]
    [InlineData("""{"metadata":{"order":7}}""", """{"metadata":{"order":8}}""", "coincident")]
    public async Task Success_OfTheSameKey_IsLinkedByItsInput(string failed, string succeeded, string link)
    {
        var (failure, success) = (Failure(0, failed), Success(1, succeeded));

        await StoreAsync(failure, success);

        await AssertLinkAsync(link, failure, success);
    }

    [Theory]
    [InlineData("order", "7", "7", "resolution")]
    [InlineData("order", "7", "8", "")]
    [InlineData("issue", "ISS-1", "ISS-1", "resolution")]
    [InlineData("issue", "ISS-1", null, "coincident")]
    [InlineData("workflow", "push", "push", "coincident")]
    [InlineData("workflow", "push", "pull", "")]
    public async Task Success_OfAMethodWithoutCapturedArguments_IsLinkedByItsEntity(string type, string failed, string? succeeded, string link)
    {
        const string method = """{"method":"Orders.Place(int)"}""";
        var failure = Failure(0, method) with { EntityType = type, EntityId = failed };
        var success = Success(1, method) with { EntityType = type, EntityId = succeeded };

        await StoreAsync(failure, success);

        await AssertLinkAsync(link, failure, success);
    }

    [Fact]
    public async Task Success_OfAnotherOperation_SaysNothing()
    {
        var failure = Failure(0);
        MemoryEntry[] others =
        [
            Success(1) with { Key = "other" }, Success(2) with { Project = "other" }, Success(3) with { TriggerType = TriggerType.AgentOperation },
            Success(4) with { TriggerType = null }, Success(5) with { EntityType = "agent" },
            Success(6) with { Provenance = new Provenance { Module = "Shop.Other" } }, Success(7) with { Outcome = TriggerOutcome.Canceled },
        ];

        await StoreAsync([failure, .. others]);

        foreach (var other in others) await AssertLinkAsync("", failure, other);
    }

    [Theory]
    [InlineData("FluentValidation.ValidationException")]
    [InlineData("System.ComponentModel.DataAnnotations.ValidationException")]
    [InlineData("System.Collections.Generic.KeyNotFoundException")]
    [InlineData("Shop.OrderNotFoundException")]
    [InlineData("Shop.NotFoundException`1[[System.Int32]]")]
    [InlineData("System.UnauthorizedAccessException")]
    [InlineData("Shop.ForbiddenException")]
    [InlineData("Microsoft.AspNetCore.Http.BadHttpRequestException")]
    [InlineData("System.Threading.Tasks.TaskCanceledException")]
    [InlineData("System.ArgumentOutOfRangeException")]
    [InlineData(Io, 404)]
    [InlineData("System.AggregateException,Shop.ForbiddenException")]
    public async Task ClientFault_ThenASuccess_IsNotLinked(string types, int status = 500)
    {
        var (failure, success) = (Failure(0, types: types, status: status), Success(1));

        await StoreAsync(failure, success);

        await AssertLinkAsync("", failure, success);
    }

    [Theory]
    [InlineData("System.IO.FileNotFoundException", false)]
    [InlineData("System.Threading.Tasks.TaskCanceledException,System.TimeoutException", false)]
    [InlineData("System.ArgumentException", true)]
    [InlineData("System.InvalidOperationException", false)]
    public async Task FaultOfTheProgram_ThenASuccess_IsResolved(string types, bool isInside)
    {
        var (failure, success) = (Failure(0, types: types) with { ParentId = isInside ? Any.Id() : null }, Success(1));

        await StoreAsync(failure, success);

        await AssertLinkAsync("resolution", failure, success);
    }

    [Fact]
    public async Task Failures_OfSeveralInputs_AreResolvedEachByItsOwn()
    {
        var (seven, eight) = (Failure(0, Place(7)), Failure(1, Place(8)));
        var (laterEight, again, laterSeven) = (Success(2, Place(8)), Success(3, Place(8)), Success(4, Place(7)));

        await StoreAsync(seven, eight, laterEight, again, laterSeven);

        await AssertLinkAsync("resolution", eight, laterEight);
        await AssertLinkAsync("", eight, again);
        await AssertLinkAsync("resolution", seven, laterSeven);
    }

    [Fact]
    public async Task Coincidence_LeavesTheErrorOpen()
    {
        var (failure, unknown, another, same) = (Failure(0, Place(7)), Success(1, Place(null)), Success(2, Place(null)), Success(3, Place(7)));

        await StoreAsync(failure, unknown, another, same);

        await AssertLinkAsync("coincident", failure, unknown);
        await AssertLinkAsync("", failure, another);
        await AssertLinkAsync("resolution", failure, same);
    }

    [Fact]
    public async Task ExplicitLink_OfAnotherOperation_Stays()
    {
        var failure = Failure(0, types: "Shop.ForbiddenException");
        var tag = MemoryErrorReader.FingerprintOf(failure)!.Value.ResolutionTag;
        var fix = Success(1) with { Key = "fix", Tags = ["resolution", tag] };

        await StoreAsync(failure, fix);

        Assert.Equal(["resolution", tag], (await _store.GetAsync(fix.Id, Token))!.Tags);
    }

    [Fact]
    public async Task Failure_OfAnotherRunningProcess_IsResolvedHere()
    {
        var time = new ManualTimeProvider();
        await using var here = Linking(_store, time);
        var (failure, success) = (Failure(1), Success(2));
        failure = failure with { CreatedAt = time.GetUtcNow() };
        success = success with { CreatedAt = time.GetUtcNow().AddSeconds(1) };
        await here.StoreAsync([Success(0) with { Key = "other" }], Token);
        await StoreAsync(failure);
        await here.StoreAsync([success], Token);

        time.Advance(TimeSpan.FromMinutes(2));
        await here.StoreAsync([Success(3) with { Key = "other" }], Token);

        await AssertLinkAsync("resolution", failure, success);
    }

    internal static ErrorLinkingBackend Linking(IMemoryBackend store, ManualTimeProvider? time = null) =>
        new(store, new ErrorIndex(new AutoRecallOptions()), time ?? new ManualTimeProvider(Any.Time.AddHours(1)), NullLogger.Instance);

    internal static string Place(int? id) =>
        id is null ? """{"method":"Orders.Place(int)"}""" : $$$"""{"method":"Orders.Place(int)","arguments":{"id":{{{id}}}}}""";

    internal static MemoryEntry Success(int seconds, string value = "{}") => Any.Entry() with
    {
        Key = "place",
        Tags = [],
        TriggerType = TriggerType.WorkflowCompletion,
        EntityType = "workflow",
        EntityId = null,
        Outcome = TriggerOutcome.Success,
        CreatedAt = Any.Time.AddSeconds(seconds),
        Duration = TimeSpan.FromMilliseconds(10),
        Value = JsonElement.Parse(value),
    };

    internal static MemoryEntry Failure(int seconds, string value = "{}", string types = Io, int? status = null)
    {
        var parts = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(value)!;
        parts["exception"] = JsonSerializer.SerializeToElement(types.Split(',').Select(static type => new { type, message = "failed" }));
        if (status is not null) parts["metadata"] = JsonSerializer.SerializeToElement(new { status });
        return Success(seconds) with { Outcome = TriggerOutcome.Failure, Value = JsonSerializer.SerializeToElement(parts) };
    }

    private async Task StoreAsync(params MemoryEntry[] entries)
    {
        foreach (var entry in entries) await _linking.StoreAsync([entry], Token);
    }

    private async Task AssertLinkAsync(string link, MemoryEntry failure, MemoryEntry success)
    {
        var fingerprint = MemoryErrorReader.FingerprintOf(failure)!.Value;
        string[] expected = link switch
        {
            "" => [],
            "resolution" => [link, fingerprint.ResolutionTag],
            _ => [link, fingerprint.CoincidenceTag],
        };
        Assert.Equal(expected, (await _store.GetAsync(success.Id, Token))!.Tags);
    }
}
