using System.Text.Json;
using MemoryTriggers.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Errors;

/// <summary>Lanes of several priorities deliver in their own time: what counts is when it happened.</summary>
public sealed class ErrorLinkingBackendTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Time = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly InMemoryMemoryBackend _store = new();
    private readonly ErrorLinkingBackend _linking;

    public ErrorLinkingBackendTests() => _linking = new(_store, new ErrorIndex(new AutoRecallOptions()), new ManualTimeProvider(), NullLogger.Instance);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _linking.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Success_ThatEndedBeforeTheFailure_ResolvesNothing(bool isOneBatch)
    {
        var failure = Entry(TriggerOutcome.Failure, seconds: 5);
        var (before, after) = (Entry(TriggerOutcome.Success, seconds: 4), Entry(TriggerOutcome.Success, seconds: 6));

        if (isOneBatch) await _linking.StoreAsync([failure, before, after], Token);
        else foreach (var entry in new[] { failure, before, after }) await _linking.StoreAsync([entry], Token);

        Assert.Empty((await _store.GetAsync(before.Id, Token))!.Tags);
        var fingerprint = MemoryErrorReader.FingerprintOf(failure)!.Value;
        Assert.Equal(["resolution", fingerprint.ResolutionTag], (await _store.GetAsync(after.Id, Token))!.Tags);
    }

    [Fact]
    public async Task Success_ThatBeganBeforeTheFailureEnded_SaysNothing()
    {
        var failure = Entry(TriggerOutcome.Failure, seconds: 5);
        var around = Entry(TriggerOutcome.Success, seconds: 7) with { Duration = TimeSpan.FromSeconds(3) };

        await _linking.StoreAsync([failure], Token);
        await _linking.StoreAsync([around], Token);

        Assert.Empty((await _store.GetAsync(around.Id, Token))!.Tags);
    }

    [Fact]
    public async Task Success_AfterTwoErrorsOfTheOperation_ResolvesBoth()
    {
        var (first, second, success) = (Entry(TriggerOutcome.Failure, seconds: 1, "no space"), Entry(TriggerOutcome.Failure, seconds: 2, "no access"), Entry(TriggerOutcome.Success, seconds: 3));

        await _linking.StoreAsync([second], Token);
        await _linking.StoreAsync([first], Token);
        await _linking.StoreAsync([success], Token);

        var tags = (await _store.GetAsync(success.Id, Token))!.Tags;
        Assert.All([first, second], failure => Assert.Contains(MemoryErrorReader.FingerprintOf(failure)!.Value.ResolutionTag, tags));
    }

    private static MemoryEntry Entry(TriggerOutcome outcome, int seconds, string message = "no space left") => Any.Entry() with
    {
        Key = "deploy",
        Tags = [],
        TriggerType = TriggerType.WorkflowCompletion,
        Outcome = outcome,
        CreatedAt = Time.AddSeconds(seconds),
        Duration = TimeSpan.Zero,
        Value = outcome == TriggerOutcome.Failure ? JsonElement.Parse($$"""{"exception":[{"type":"System.IO.IOException","message":"{{message}}"}]}""") : JsonElement.Parse("{}"),
    };
}
