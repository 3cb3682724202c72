using System.Runtime.ExceptionServices;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Scopes;

public sealed class ScopeOutcomeTests : IDisposable
{
    private readonly RecordingSink _sink = new();

    public void Dispose() => _sink.Dispose();

    [Fact]
    public async Task AwaitUsing_NothingThrown_IsSuccess()
    {
        await using (TriggerScope.Workflow("deploy")) await Task.Yield();

        Assert.Equal(TriggerOutcome.Success, Assert.Single(_sink.Entries).Outcome);
    }

    [Fact]
    public async Task AwaitUsing_ExceptionLeaves_IsFailureWithIt()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await using var scope = TriggerScope.Workflow("deploy");
            throw new InvalidOperationException("no rollout");
        });

        var entry = Assert.Single(_sink.Entries);
        Assert.Equal(TriggerOutcome.Failure, entry.Outcome);
        Assert.Contains("InvalidOperationException: no rollout", entry.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AwaitUsing_ExceptionLeavesThroughSeveralAsyncFrames_IsFailure()
    {
        await Assert.ThrowsAsync<TimeoutException>(async () =>
        {
            await using var scope = TriggerScope.Workflow("deploy");
            await Outer();
        });

        Assert.Equal(TriggerOutcome.Failure, Assert.Single(_sink.Entries).Outcome);

        static async Task Outer()
        {
            await Task.Yield();
            await Inner();
        }

        static async Task Inner()
        {
            await Task.Yield();
            throw new TimeoutException("deep");
        }
    }

    [Fact]
    public async Task AwaitUsing_HandledInside_IsSuccessWithNote()
    {
        await using (TriggerScope.Workflow("deploy"))
        {
            try
            {
                await Task.Yield();
                throw new TimeoutException("first try");
            }
            catch (TimeoutException)
            {
                await Task.Yield();
            }
        }

        var entry = Assert.Single(_sink.Entries);
        Assert.Equal(TriggerOutcome.Success, entry.Outcome);
        Assert.Equal("first try", entry.Value.GetProperty("handled")[0].GetProperty("message").GetString());
    }

    [Fact]
    public async Task AwaitUsing_HandledAndThenAnotherLeaves_IsFailureWithTheOther()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await using var scope = TriggerScope.Workflow("deploy");
            try
            {
                throw new TimeoutException("first try");
            }
            catch (TimeoutException)
            {
                throw new InvalidOperationException("second try");
            }
        });

        var entry = Assert.Single(_sink.Entries);
        Assert.Equal(TriggerOutcome.Failure, entry.Outcome);
        Assert.Equal("second try", entry.Value.GetProperty("exception")[0].GetProperty("message").GetString());
    }

    [Fact]
    public async Task AwaitUsing_SameExceptionThrownAgainAfterTheScope_IsSuccess()
    {
        Exception? saved = null;
        await Assert.ThrowsAsync<TimeoutException>(async () =>
        {
            await using (TriggerScope.Workflow("deploy"))
            {
                try
                {
                    throw new TimeoutException("kept");
                }
                catch (TimeoutException exception)
                {
                    saved = exception;
                }
            }

            throw saved;
        });

        Assert.Equal(TriggerOutcome.Success, Assert.Single(_sink.Entries).Outcome);
    }

    [Fact]
    public async Task AwaitUsing_OtherExceptionAfterTheScope_IsSuccess()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await using (TriggerScope.Workflow("deploy"))
            {
                Swallow(static () => throw new TimeoutException("inside"));
            }

            throw new InvalidOperationException("after");
        });

        Assert.Equal(TriggerOutcome.Success, Assert.Single(_sink.Entries).Outcome);
    }

    [Fact]
    public async Task AwaitUsing_CanceledInside_IsCanceled()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await using var scope = TriggerScope.Workflow("deploy");
            await Task.Delay(Timeout.InfiniteTimeSpan, source.Token);
        });

        Assert.Equal(TriggerOutcome.Canceled, Assert.Single(_sink.Entries).Outcome);
    }

    [Fact]
    public async Task AwaitUsing_ExceptionDispatchedInside_IsFailure()
    {
        var prepared = ExceptionDispatchInfo.Capture(new TimeoutException("prepared"));

        await Assert.ThrowsAsync<TimeoutException>(async () =>
        {
            await using var scope = TriggerScope.Workflow("deploy");
            prepared.Throw();
        });

        Assert.Equal(TriggerOutcome.Failure, Assert.Single(_sink.Entries).Outcome);
    }

    [Fact]
    public async Task Complete_ThenExceptionLeaves_IsSuccess()
    {
        await Assert.ThrowsAsync<TimeoutException>(async () =>
        {
            await using var scope = TriggerScope.Workflow("deploy");
            scope.Complete();
            throw new TimeoutException("too late to matter");
        });

        Assert.Equal(TriggerOutcome.Success, Assert.Single(_sink.Entries).Outcome);
    }

    [Fact]
    public async Task SetResult_AfterHandledException_IsSuccessWithResult()
    {
        await using (var scope = TriggerScope.Workflow("deploy"))
        {
            Swallow(static () => throw new TimeoutException("first try"));
            scope.SetResult(42);
        }

        var entry = Assert.Single(_sink.Entries);
        Assert.Equal(TriggerOutcome.Success, entry.Outcome);
        Assert.Equal(42, entry.Value.GetProperty("result").GetInt32());
    }

    [Fact]
    public async Task Fail_WithoutThrow_IsFailure()
    {
        await using (var scope = TriggerScope.Error("probe", errorType: "network"))
        {
            scope.Fail(new IOException("unplugged"));
        }

        var entry = Assert.Single(_sink.Entries);
        Assert.Equal(TriggerOutcome.Failure, entry.Outcome);
        Assert.Contains("unplugged", entry.Content, StringComparison.Ordinal);
    }

    [Fact]
    public void Using_ExceptionThrownInside_IsFailure()
    {
        Assert.Throws<TimeoutException>((Action)(static () =>
        {
            using var scope = TriggerScope.Agent("check", agentType: "qa");
            throw new TimeoutException("left");
        }));

        Assert.Equal(TriggerOutcome.Failure, Assert.Single(_sink.Entries).Outcome);
    }

    [Fact]
    public void Using_HandledInsideAndCompleted_IsSuccess()
    {
        using (var scope = TriggerScope.Agent("check", agentType: "qa"))
        {
            Swallow(static () => throw new TimeoutException("handled"));
            scope.Complete();
        }

        Assert.Equal(TriggerOutcome.Success, Assert.Single(_sink.Entries).Outcome);
    }

    [Fact]
    public void Using_NothingThrown_IsSuccess()
    {
        using (TriggerScope.Agent("check", agentType: "qa"))
        {
        }

        Assert.Equal(TriggerOutcome.Success, Assert.Single(_sink.Entries).Outcome);
    }

    [Fact]
    public async Task AwaitUsing_FiftyInParallel_EachKnowsItsOwnOutcome()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(Run));

        Assert.Equal(50, _sink.Entries.Count);
        Assert.All(_sink.Entries, static entry =>
        {
            var number = int.Parse(entry.Key[4..], System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(number % 3 == 0 ? TriggerOutcome.Failure : TriggerOutcome.Success, entry.Outcome);
        });

        static async Task Run(int number)
        {
            try
            {
                await using var scope = TriggerScope.Workflow($"run-{number}");
                await Task.Yield();
                if (number % 3 == 0) throw new InvalidOperationException($"left {number}");
                if (number % 3 == 1) Swallow(() => throw new TimeoutException($"handled {number}"));
                await Task.Yield();
            }
            catch (InvalidOperationException)
            {
            }
        }
    }

    [Fact]
    public async Task AwaitUsing_NestedAndInnerFailureHandledBetween_OuterIsSuccess()
    {
        await using (TriggerScope.Workflow("outer"))
        {
            try
            {
                await using var inner = TriggerScope.Agent("inner", agentType: "qa");
                await Task.Yield();
                throw new TimeoutException("inner only");
            }
            catch (TimeoutException)
            {
            }
        }

        Assert.Equal(TriggerOutcome.Failure, _sink.Entries.Single(static entry => entry.Key == "inner").Outcome);
        Assert.Equal(TriggerOutcome.Success, _sink.Entries.Single(static entry => entry.Key == "outer").Outcome);
    }

    [Fact]
    public async Task AwaitUsing_NestedAndExceptionLeavesBoth_BothFail()
    {
        await Assert.ThrowsAsync<TimeoutException>(static async () =>
        {
            await using var outer = TriggerScope.Workflow("outer");
            await using var inner = TriggerScope.Agent("inner", agentType: "qa");
            await Task.Yield();
            throw new TimeoutException("through both");
        });

        Assert.Equal(2, _sink.Entries.Count);
        Assert.All(_sink.Entries, static entry => Assert.Equal(TriggerOutcome.Failure, entry.Outcome));
    }

    [Fact]
    public async Task Scope_ExceptionHandledInParallelChild_IsSuccess()
    {
        await using (TriggerScope.Workflow("parent"))
        {
            await Task.Run(static () => Swallow(static () => throw new TimeoutException("in the child")), TestContext.Current.CancellationToken);
        }

        Assert.Equal(TriggerOutcome.Success, Assert.Single(_sink.Entries).Outcome);
    }

    private static void Swallow(Action action)
    {
        try
        {
            action();
        }
        catch (TimeoutException)
        {
        }
    }
}
