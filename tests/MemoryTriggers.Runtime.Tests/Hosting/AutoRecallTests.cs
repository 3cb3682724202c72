using MemoryTriggers.Capture;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Hosting;

/// <summary>From an error to what resolved it, through the whole of the runtime. Attached sinks are process-wide.</summary>
[Collection(nameof(ProcessWide))]
public sealed class AutoRecallTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly CollectingLoggers _loggers = new(out _);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _directory.Dispose();
        _loggers.Dispose();
    }

    [Fact]
    public async Task Failure_ThenSuccess_IsLinkedAndBroughtWhenItFailsAgain()
    {
        await using var memory = await StartAsync();
        await FailAsync("deploy", 1);
        await memory.FlushAsync(cancellationToken: Token);
        await SucceedAsync("deploy", "the disk was cleaned");
        await SucceedAsync("deploy", "again");
        await memory.FlushAsync(cancellationToken: Token);

        var (scope, exception) = await FailAsync("deploy", 2);

        Assert.Equal(1, scope.Recalled!.Occurrences);
        Assert.Contains("the disk was cleaned", Assert.Single(scope.Recalled.Resolutions).Line, StringComparison.Ordinal);
        Assert.Equal(scope.Recalled.ToString(), exception.Data[RecalledError.DataKey]);
        Assert.Contains(_loggers.Lines, line => line.Contains("was seen 1 times before", StringComparison.Ordinal) && line.Contains("the disk was cleaned", StringComparison.Ordinal));
        await memory.FlushAsync(cancellationToken: Token);
        var known = await memory.Memory.Errors.GetAsync(scope.Recalled.Fingerprint, Token);
        Assert.Equal((2, 1), (known!.Occurrences, known.Resolutions.Count));
        Assert.Equal(2, await memory.Memory.Errors.GetOccurrencesAsync(known.Fingerprint, Token).CountAsync(Token));
    }

    [Fact]
    public async Task Failure_ThenSuccessOfUnknownInput_IsCoincidentInAllDoors()
    {
        await using var memory = await StartAsync();
        var place = TriggerHub.Describe(new() { Type = TriggerType.WorkflowCompletion, Operation = "Place", DeclaringType = "Shop.Orders", Signature = "Orders.Place(int)" });
        var exception = new IOException("no space left");
        Call(exception);
        await memory.FlushAsync(cancellationToken: Token);
        Call(null);
        await memory.FlushAsync(cancellationToken: Token);
        var again = new IOException("no space left");

        Call(again);

        Assert.Contains("; coincident: Workflow 'Place'", Assert.IsType<string>(again.Data[RecalledError.DataKey]), StringComparison.Ordinal);
        Assert.Contains(_loggers.Lines, static line => line.Contains("no resolution is known; coincident: ", StringComparison.Ordinal));
        var known = await memory.Memory.Errors.GetAsync(ErrorFingerprint.Of(exception), Token);
        Assert.Equal((0, 1), (known!.Resolutions.Count, known.Coincidences.Count));
        Assert.Equal(known.Coincidences[0].Id, (await memory.Memory.Errors.GetCoincidencesAsync(known.Fingerprint, Token).SingleAsync(Token)).Id);

        void Call(Exception? fault)
        {
            var record = TriggerHub.Begin(place)!;
            if (fault is not null) TriggerHub.Fail(record, fault);
            TriggerHub.End(record);
        }
    }

    [Fact]
    public async Task Failure_FixedWhileNothingRan_IsLinkedByTheNextProcess()
    {
        await using (var memory = await StartAsync())
        {
            await FailAsync("deploy", 1);
            await FailAsync("other", 1);
            await SucceedAsync("other", "at once");
        }

        await using (var memory = await StartAsync())
        {
            await SucceedAsync("deploy", "with another library");
            await SucceedAsync("other", "not a resolution");
        }

        await using var last = await StartAsync();
        await SucceedAsync("something", "so that the store is read");
        await last.FlushAsync(cancellationToken: Token);
        var (deploy, _) = await FailAsync("deploy", 2);
        Assert.Contains("with another library", Assert.Single(deploy.Recalled!.Resolutions, static found => found.Line.Contains("deploy", StringComparison.Ordinal)).Line, StringComparison.Ordinal);
        Assert.DoesNotContain(deploy.Recalled.Resolutions, static found => found.Line.Contains("not a resolution", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Resolutions_OfAScopeAndByHand_AreBrought()
    {
        await using var memory = await StartAsync();
        var (first, exception) = await FailAsync("deploy", 1);
        await memory.FlushAsync(cancellationToken: Token);
        await using (var fix = TriggerScope.Issue("ISS-0124")) fix.Resolves(exception).SetResult("The pool is larger now");
        var fingerprint = ErrorFingerprint.Of(exception);
        var id = await memory.Memory.Errors.ResolveAsync(fingerprint, "Restarted\nthe database", cancellationToken: Token);
        await memory.FlushAsync(cancellationToken: Token);

        var (scope, _) = await FailAsync("deploy", 2);

        Assert.Null(first.Recalled);
        Assert.Equal(2, scope.Recalled!.Resolutions.Count);
        Assert.Equal("Restarted the database", scope.Recalled.Resolutions.Single(found => found.Id == id).Line);
        Assert.Contains(scope.Recalled.Resolutions, static found => found.Line.Contains("ISS-0124", StringComparison.Ordinal));
        Assert.Equal(fingerprint, (await memory.Memory.Errors.ListAsync(cancellationToken: Token).SingleAsync(Token)).Fingerprint);
        await Assert.ThrowsAsync<ArgumentException>(async () => await memory.Memory.Errors.ResolveAsync(fingerprint, " ", cancellationToken: Token));
    }

    [Fact]
    public async Task Exception_ThatLeavesTheBlock_IsRecalledToo()
    {
        await using var memory = await StartAsync();
        TriggerScope? second = null;
        for (var time = 0; time < 2; time++)
        {
            try
            {
                await using var scope = TriggerScope.Workflow("deploy");
                second = scope;
                throw new TimeoutException($"no answer after {time} s");
            }
            catch (TimeoutException)
            {
                await memory.FlushAsync(cancellationToken: Token);
            }
        }

        Assert.Equal(1, second!.Recalled!.Occurrences);
    }

    [Fact]
    public async Task Exception_OfADecoratedMethod_IsBroughtToItsDataAndTheLog()
    {
        await using var memory = await StartAsync();
        var method = TriggerHub.Describe(new TriggerDefinition { Type = TriggerType.WorkflowCompletion, Operation = "Deploy", DeclaringType = "Shop.Pusher" });
        Call(new TimeoutException("no answer after 1 s"));
        await memory.FlushAsync(cancellationToken: Token);
        var again = new TimeoutException("no answer after 2 s");

        Call(again);

        Assert.StartsWith("seen 1 time", Assert.IsType<string>(again.Data[RecalledError.DataKey]), StringComparison.Ordinal);
        Assert.Contains(_loggers.Lines, static line => line.Contains("was seen 1 times before", StringComparison.Ordinal));

        void Call(Exception exception)
        {
            var record = TriggerHub.Begin(method)!;
            TriggerHub.Fail(record, exception);
            TriggerHub.End(record);
        }
    }

    [Fact]
    public async Task Off_NothingIsTouched()
    {
        await using var memory = await StartAsync(static options => options.AutoRecall = new AutoRecallOptions { Link = false });
        await FailAsync("deploy", 1);
        await memory.FlushAsync(cancellationToken: Token);

        var (scope, exception) = await FailAsync("deploy", 2);
        await memory.FlushAsync(cancellationToken: Token);

        Assert.Null(scope.Recalled);
        Assert.Empty(exception.Data);
        Assert.All(await memory.Recall.ListAsync(cancellationToken: Token), static entry => Assert.DoesNotContain(entry.Tags, static tag => tag.StartsWith("error:", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Exception_WhoseDataThrows_FailsAsItWould()
    {
        await using var memory = await StartAsync();
        TriggerScope? second = null;
        for (var time = 0; time < 2; time++)
        {
            await Assert.ThrowsAsync<HostileException>(async () =>
            {
                await using var scope = TriggerScope.Workflow("deploy");
                second = scope;
                throw new HostileException();
            });
            await memory.FlushAsync(cancellationToken: Token);
        }

        Assert.Equal(2, await memory.Recall.CountAsync(cancellationToken: Token));
        Assert.Equal(1, second!.Recalled!.Occurrences);
    }

    [Fact]
    public async Task Canceled_IsNoError()
    {
        await using var memory = await StartAsync();
        for (var time = 0; time < 2; time++)
        {
            await using (var scope = TriggerScope.Workflow("deploy"))
            {
                scope.Fail(new OperationCanceledException());
                Assert.Null(scope.Recalled);
            }

            await memory.FlushAsync(cancellationToken: Token);
        }
    }

    private static async Task<(TriggerScope Scope, Exception Exception)> FailAsync(string operation, int number)
    {
        await using var scope = TriggerScope.Workflow(operation);
        try
        {
            throw new IOException($"no space left, {number} bytes wanted");
        }
        catch (IOException exception)
        {
            scope.Fail(exception);
            return (scope, exception);
        }
    }

    private static async Task SucceedAsync(string operation, string result)
    {
        await using var scope = TriggerScope.Workflow(operation);
        scope.SetResult(result);
    }

    private Task<MemoryTriggerService> StartAsync(Action<MemoryTriggersOptions>? configure = null) => MemoryTriggerService.StartAsync(
        options =>
        {
            options.DataDirectory = _directory.Path;
            options.AutoRecall.Enabled = true;
            configure?.Invoke(options);
        },
        loggers: _loggers,
        cancellationToken: Token);

    private sealed class HostileException : Exception
    {
        public override System.Collections.IDictionary Data => throw new InvalidTimeZoneException();
    }
}
