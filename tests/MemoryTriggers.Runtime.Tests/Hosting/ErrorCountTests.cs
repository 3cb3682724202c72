using System.Reflection;
using System.Runtime.ExceptionServices;
using MemoryTriggers.Capture;
using MemoryTriggers.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shop;

namespace MemoryTriggers.Hosting;

/// <summary>An exception passes many that tell of it: it came once all the same. Attached sinks are process-wide.</summary>
[Collection(nameof(ProcessWide))]
public sealed class ErrorCountTests : IDisposable
{
    private static readonly TriggerDescriptor Method = TriggerHub.Describe(new() { Type = TriggerType.WorkflowCompletion, Operation = "Deploy", DeclaringType = "Shop.Pusher" });

    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Exception_ThatLeavesThreeOperations_IsSeenOnce()
    {
        await using var memory = await StartAsync();

        for (var time = 0; time < 2; time++) Caught(() => Deploy(() => Deploy(() => Deploy(Pusher.Push))));

        await AssertSeenAsync(memory, times: 2, memories: 2);
    }

    [Fact]
    public async Task Exception_CarriedByOthers_IsSeenOnce()
    {
        await using var memory = await StartAsync();

        Caught(() => Deploy(() => throw new TargetInvocationException(new AggregateException(Caught(() => Deploy(Pusher.Push))))));

        await AssertSeenAsync(memory, times: 1, memories: 1);
    }

    [Fact]
    public async Task Exception_LoggedBeforeItLeaves_IsSeenOnce()
    {
        await using var memory = await StartAsync();
        await using var services = new ServiceCollection().AddLogging().AddMemoryTriggers().AddLogHooks().Services.BuildServiceProvider();
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop.Pusher");

        Caught(() => Deploy(() =>
        {
            var exception = Caught(Pusher.Push);
            logger.LogError(exception, "Deploy failed");
            ExceptionDispatchInfo.Throw(exception);
        }));

        await AssertSeenAsync(memory, times: 1, memories: 2);
    }

    [Fact]
    public async Task Exception_ToldToTheHooksAfterItHasLeft_IsSeenOnce()
    {
        await using var memory = await StartAsync();
        var thrown = Caught(() => Deploy(Pusher.Push));

        await memory.Hooks.OnErrorAsync(thrown, "deploy", cancellationToken: Token);

        await AssertSeenAsync(memory, times: 1, memories: 2);
    }

    [Fact]
    public async Task Exception_OfATaskThatManyAwait_IsSeenByEachTrace()
    {
        await using var memory = await StartAsync();
        var shared = Caught(Pusher.Push);

        for (var time = 0; time < 3; time++) Caught(() => Deploy(() => ExceptionDispatchInfo.Throw(shared)));

        await AssertSeenAsync(memory, times: 3, memories: 3);
    }

    [Fact]
    public async Task Exception_OfEachAttempt_IsSeenEachTime()
    {
        await using var memory = await StartAsync();

        Deploy(static () =>
        {
            for (var attempt = 0; attempt < 2; attempt++) Caught(static () => Deploy(Pusher.Push));
        });

        await AssertSeenAsync(memory, times: 2, memories: 2);
    }

    [Fact]
    public async Task Error_OfWhichOnlyTheEchoesAreStored_IsSeenAsOftenAsThey()
    {
        await using var memory = await StartAsync();
        var fingerprint = ErrorFingerprint.Of(Caught(Pusher.Push));
        for (var time = 0; time < 2; time++)
            await memory.Memory.CreateAsync(new() { Key = $"deploy {time}", Module = "test", Content = "failed", Tags = [fingerprint.ErrorTag, ErrorFingerprint.EchoTag] }, Token);

        var known = await memory.Memory.Errors.GetAsync(fingerprint, Token);

        Assert.Equal(2, known!.Occurrences);
    }

    private static async Task AssertSeenAsync(MemoryTriggerService memory, int times, int memories)
    {
        await memory.FlushAsync(cancellationToken: Token);
        var error = await memory.Memory.Errors.ListAsync(cancellationToken: Token).SingleAsync(Token);
        Assert.Equal(times, error.Occurrences);
        Assert.Equal(memories, await memory.Memory.Errors.GetOccurrencesAsync(error.Fingerprint, Token).CountAsync(Token));

        // What lies in memory counts as the store does.
        var again = Caught(() => Deploy(Pusher.Push));
        Assert.StartsWith($"seen {times} ", Assert.IsType<string>(again.Data[RecalledError.DataKey]), StringComparison.Ordinal);
    }

    /// <summary>A decorated method.</summary>
    private static void Deploy(Action body)
    {
        var record = TriggerHub.Begin(Method)!;
        try
        {
            body();
        }
        catch (Exception exception)
        {
            TriggerHub.Fail(record, exception);
            throw;
        }
        finally
        {
            TriggerHub.End(record);
        }
    }

    private static Exception Caught(Action body) => Record.Exception(body) ?? throw new InvalidOperationException("It did not fail");

    private Task<MemoryTriggerService> StartAsync() => MemoryTriggerService.StartAsync(
        options =>
        {
            options.DataDirectory = _directory.Path;
            options.AutoRecall.Enabled = true;
        },
        cancellationToken: Token);
}
