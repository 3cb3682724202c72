using System.Collections;
using System.Text.Json;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Capture;

public sealed class CaptureRecordTests : IDisposable
{
    private readonly RecordingSink _sink = new();

    private readonly TriggerDescriptor _descriptor = TriggerHub.Describe(new TriggerDefinition
    {
        Type = TriggerType.WorkflowCompletion, Operation = "Push", DeclaringType = "Shop.Pusher", Parameters = ["first", "second"],
    });

    public void Dispose() => _sink.Dispose();

    public static TheoryData<object?, string> Scalars => new()
    {
        { null, "null" },
        { true, "true" },
        { (byte)7, "7" },
        { -42, "-42" },
        { long.MinValue, "-9223372036854775808" },
        { ulong.MaxValue, "18446744073709551615" },
        { 1.5, "1.5" },
        { 0.25f, "0.25" },
        { double.NaN, "\"NaN\"" },
        { 79228162514264337593543950335m, "79228162514264337593543950335" },
        { "häß", "\"häß\"" },
        { 'x', "\"x\"" },
        { DayOfWeek.Friday, "\"Friday\"" },
        { new Guid("00112233-4455-6677-8899-aabbccddeeff"), "\"00112233-4455-6677-8899-aabbccddeeff\"" },
        { TimeSpan.FromSeconds(90), "\"00:01:30\"" },
        { new DateOnly(2026, 1, 2), "\"2026-01-02\"" },
        { typeof(string), "\"System.String\"" },
        { new[] { 1, 2, 3 }, "[1,2,3]" },
        { new byte[3], "\"[3 bytes]\"" },
        { (1, "two"), "[1,\"two\"]" },
        { new Dictionary<string, int> { ["a"] = 1 }, "{\"a\":1}" },
    };

    [Theory]
    [MemberData(nameof(Scalars))]
    public void Argument_OfKnownType_IsReadBack(object? value, string json)
    {
        var read = Capture(value);

        Assert.Equal(json, read.GetRawText());
    }

    [Fact]
    public void Argument_StaticallyTyped_IsReadBack()
    {
        var record = TriggerHub.Begin(_descriptor)!;
        record.Argument(0, 42);
        record.Argument(1, DateTimeOffset.UnixEpoch);
        record.Result(0.5);
        TriggerHub.End(record);

        var value = Assert.Single(_sink.Entries).Value;
        Assert.Equal(42, value.GetProperty("arguments").GetProperty("first").GetInt32());
        Assert.Equal(DateTimeOffset.UnixEpoch, value.GetProperty("arguments").GetProperty("second").GetDateTimeOffset());
        Assert.Equal(0.5, value.GetProperty("result").GetDouble());
    }

    [Fact]
    public void Argument_LongList_KeepsTenAndCountsTheRest()
    {
        var read = Capture(Enumerable.Range(0, 25).ToList());

        Assert.Equal(11, read.GetArrayLength());
        Assert.Equal("[15 more items]", read[10].GetString());
    }

    [Fact]
    public void Argument_CyclicGraph_IsMarked()
    {
        var node = new Node();
        node.Next = node;

        var read = Capture(node);

        Assert.Equal("[cycle]", read.GetProperty("Next").GetString());
    }

    [Fact]
    public void Argument_DeepGraph_IsBounded()
    {
        var root = new Node();
        for (var depth = 0; depth < 10_000; depth++) root = new Node { Next = root };

        var read = Capture(root);

        Assert.Contains("[too deep]", read.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Argument_HundredMegabyteString_IsCutAndCounted()
    {
        var read = Capture(new string('x', 100_000_000)).GetString()!;

        Assert.True(read.Length < 5_000);
        Assert.EndsWith("[100000000 characters]", read, StringComparison.Ordinal);
    }

    [Fact]
    public void Argument_LoneSurrogate_BecomesReplacementCharacter() => Assert.Equal("a\uFFFDb", Capture("a\uD800b").GetString());

    [Fact]
    public void Argument_RunsNoUserCode()
    {
        var hostile = new Hostile();

        var read = Capture(hostile);

        Assert.False(hostile.WasTouched);
        Assert.Equal("kept", read.GetProperty("Plain").GetString());
        Assert.False(read.TryGetProperty("Throwing", out _));
    }

    [Fact]
    public void Argument_UserCollection_IsNotEnumerated()
    {
        var endless = new Endless();

        var read = Capture(endless);

        Assert.Equal("[not captured: Endless]", read.GetString());
        Assert.False(endless.WasEnumerated);
    }

    [Fact]
    public async Task Argument_CollectionChangedMeanwhile_NeverThrows()
    {
        var list = new List<int> { 1 };
        using var stop = new CancellationTokenSource();
        var writer = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                list.Add(1);
                if (list.Count > 100) list.Clear();
            }
        }, TestContext.Current.CancellationToken);

        for (var run = 0; run < 2_000; run++)
        {
            var record = TriggerHub.Begin(_descriptor)!;
            record.Argument(0, list);
            TriggerHub.End(record);
        }

        await stop.CancelAsync();
        await writer;
        Assert.Equal(2_000, _sink.Entries.Count);
    }

    [Fact]
    public void Argument_ManyLargeOnes_StayWithinTheLimitAndAreMarked()
    {
        var record = TriggerHub.Begin(_descriptor)!;
        for (var index = 0; index < 100; index++) record.Argument(index, new string('x', 4_000));
        TriggerHub.Fail(record, new InvalidOperationException("kept all the same"));
        TriggerHub.End(record);

        Assert.True(_sink.Records[0].Bytes.Length <= CaptureFormat.MaxRecordBytes + CaptureFormat.Reserve);
        var entry = Assert.Single(_sink.Entries);
        Assert.True(entry.Value.GetProperty("truncated").GetBoolean());
        Assert.Contains("[too large]", entry.Value.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("kept all the same", entry.Content, StringComparison.Ordinal);
    }

    [Fact]
    public void Sensitive_MembersNamesAndArguments_NeverAppear()
    {
        const string canary = "canary-8b1f";
        var record = TriggerHub.Begin(_descriptor)!;
        record.Sensitive(0, canary);
        record.Argument(1, new Login("ann", canary) { Nested = new() { ["apiToken"] = canary, ["user"] = "ann" } });
        TriggerHub.Fail(record, new InvalidOperationException($"refused {canary}", new InvalidOperationException($"because of {canary}")));
        TriggerHub.End(record);

        Assert.DoesNotContain(canary, System.Text.Encoding.UTF8.GetString(_sink.Records[0].Bytes), StringComparison.Ordinal);
        Assert.Contains("ann", _sink.Entries[0].Value.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Sensitive_KnownToInnerTriggerOnly_StaysOutOfTheOuterOne()
    {
        const string canary = "canary-77aa";
        var exception = new InvalidOperationException($"refused {canary}");
        var outer = TriggerHub.Begin(_descriptor)!;
        var inner = TriggerHub.Begin(_descriptor)!;
        inner.Sensitive(canary);
        TriggerHub.Fail(inner, exception);
        TriggerHub.End(inner);
        TriggerHub.Fail(outer, exception);
        TriggerHub.End(outer);

        Assert.Equal(2, _sink.Records.Count);
        Assert.All(_sink.Records, record =>
            Assert.DoesNotContain(canary, System.Text.Encoding.UTF8.GetString(record.Bytes), StringComparison.Ordinal));
    }

    [Fact]
    public void Fail_ExceptionWithThrowingMessage_IsMarked()
    {
        var record = TriggerHub.Begin(_descriptor)!;
        TriggerHub.Fail(record, new UnreadableException());
        TriggerHub.End(record);

        Assert.Contains("[unreadable: NotSupportedException]", Assert.Single(_sink.Entries).Content, StringComparison.Ordinal);
    }

    [Fact]
    public void End_AfterFilterSawExceptionThatAFinallyReplaced_IsSuccess()
    {
        var record = TriggerHub.Begin(_descriptor)!;
        TriggerHub.Fail(record, new InvalidOperationException("thrown away"));
        record.Result(1);
        TriggerHub.End(record);

        Assert.Equal(2, _sink.Records.Count);
        Assert.Equal(TriggerOutcome.Success, Assert.Single(_sink.Entries).Outcome);
    }

    [Fact]
    public void Begin_Nested_KnowsParentAndTrace()
    {
        var outer = TriggerHub.Begin(_descriptor)!;
        var inner = TriggerHub.Begin(_descriptor)!;
        TriggerHub.End(inner);
        TriggerHub.End(outer);

        var entries = _sink.Entries;
        Assert.Equal(entries[1].Id, entries[0].ParentId);
        Assert.Equal(entries[1].TraceId, entries[0].TraceId);
        Assert.Null(entries[1].ParentId);
    }

    [Fact]
    public void End_InsideActivity_TakesItsTrace()
    {
        using var activity = new System.Diagnostics.Activity("test").SetIdFormat(System.Diagnostics.ActivityIdFormat.W3C).Start();

        TriggerHub.End(TriggerHub.Begin(_descriptor)!);

        var entry = Assert.Single(_sink.Entries);
        Assert.Equal(activity.TraceId.ToHexString(), entry.TraceId);
        Assert.Equal(activity.SpanId.ToHexString(), entry.SpanId);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Observe_TaskThatSomebodyInAnotherTraceCompletes_TakesTheTraceOfTheCaller(bool callerIsTraced)
    {
        using var caller = new System.Diagnostics.Activity("caller").SetIdFormat(System.Diagnostics.ActivityIdFormat.W3C);
        if (callerIsTraced) caller.Start();
        var source = new TaskCompletionSource();
        var record = TriggerHub.BeginFlow(_descriptor)!;
        TriggerHub.Suspend(record);
        var observed = ReturnCapture.Observe(source.Task, record);

        await Task.Run(
            () =>
            {
                System.Diagnostics.Activity.Current = null;
                using var other = new System.Diagnostics.Activity("other").SetIdFormat(System.Diagnostics.ActivityIdFormat.W3C).Start();
                source.SetResult();
            },
            TestContext.Current.CancellationToken);
        await observed;

        Assert.Equal(callerIsTraced ? caller.SpanId.ToHexString() : null, Assert.Single(_sink.Entries).SpanId);
    }

    [Fact]
    public void Ids_AreUniqueAndInTimeOrder()
    {
        for (var index = 0; index < 1_000; index++) TriggerHub.End(TriggerHub.Begin(_descriptor)!);

        var ids = _sink.Entries.Select(static entry => entry.Id).ToList();
        Assert.Equal(1_000, ids.Distinct().Count());
        Assert.All(ids, static id => Assert.Equal(7, id.Version));
        Assert.Equal(ids.Order(), ids);
    }

    [Fact]
    public void Begin_InSteadyState_AllocatesNothing()
    {
        using var quiet = new QuietSink();

        Assert.Equal(0, Allocations.OfSteadyState(1_000, Execute));

        void Execute()
        {
            var record = TriggerHub.Begin(_descriptor)!;
            record.Argument(0, 1);
            record.Argument(1, 2);
            record.Result(3);
            TriggerHub.End(record);
        }
    }

    [Fact]
    public void End_SinkThrows_IsCountedAndNotSeen()
    {
        using var broken = new BrokenSink();
        var before = CaptureFaults.Total;

        TriggerHub.End(TriggerHub.Begin(_descriptor)!);

        Assert.Equal(before + 1, CaptureFaults.Total);
    }

    [Fact]
    public void IsEnabled_FollowsTheSinks()
    {
        Assert.True(TriggerHub.IsEnabled(_descriptor));

        _sink.Dispose();

        Assert.False(TriggerHub.IsEnabled(_descriptor));
    }

    private JsonElement Capture(object? value)
    {
        var record = TriggerHub.Begin(_descriptor)!;
        record.Argument(0, value);
        TriggerHub.End(record);
        return Assert.Single(_sink.Entries).Value.GetProperty("arguments").GetProperty("first");
    }

    private sealed class QuietSink : ICaptureSink, IDisposable
    {
        public QuietSink() => TriggerHub.Attach(this);

        public void Accept(TriggerPriority lane, ReadOnlySpan<byte> record)
        {
        }

        public void Dispose() => TriggerHub.Detach(this);
    }

    private sealed class BrokenSink : ICaptureSink, IDisposable
    {
        public BrokenSink() => TriggerHub.Attach(this);

        public void Accept(TriggerPriority lane, ReadOnlySpan<byte> record) => throw new InvalidOperationException("broken");

        public void Dispose() => TriggerHub.Detach(this);
    }

    private sealed class Node
    {
        public Node? Next { get; set; }
    }

    private sealed record Login(string User, [Sensitive] string Code)
    {
        public Dictionary<string, string> Nested { get; init; } = [];
    }

    private sealed class Hostile
    {
        public bool WasTouched;

        public string Plain { get; set; } = "kept";

        public string Throwing
        {
            get
            {
                WasTouched = true;
                throw new NotSupportedException();
            }
        }

        public override string ToString()
        {
            WasTouched = true;
            throw new NotSupportedException();
        }
    }

    private sealed class Endless : IEnumerable<int>
    {
        public bool WasEnumerated { get; private set; }

        public IEnumerator<int> GetEnumerator()
        {
            WasEnumerated = true;
            while (true) yield return 1;
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed class UnreadableException : Exception
    {
        public override string Message => throw new NotSupportedException();
    }
}
