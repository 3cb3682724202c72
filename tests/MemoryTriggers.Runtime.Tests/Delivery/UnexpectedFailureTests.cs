using System.Net.Sockets;
using System.Reflection;
using MemoryTriggers.Decoding;
using MemoryTriggers.Delivery.DeadLetters;
using MemoryTriggers.Files;
using MemoryTriggers.Journal;
using MemoryTriggers.TestKit;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Delivery;

/// <summary>Stores that throw what they should not: one record may be the cause, or the store may be ill.</summary>
[Collection(nameof(ProcessWide))]
public sealed class UnexpectedFailureTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly RecordingBackend _backend = new();
    private readonly CollectingLoggers _loggers = new(out _);
    private readonly DeliveryOptions _options = new() { RetryDelay = TimeSpan.FromMilliseconds(1), MaxRetryDelay = TimeSpan.FromMilliseconds(2), BatchSize = 1, AutoTune = false, Concurrency = 1 };

    public static TheoryData<Exception> Defects { get; } =
    [
        new InvalidOperationException("a defect"),
        new NullReferenceException(),
        new AggregateException(new FormatException("bad")),
        new TargetInvocationException(new ArgumentException("bad")),
        new HttpRequestException("422", null, System.Net.HttpStatusCode.UnprocessableEntity),
    ];

    public static TheoryData<Exception> Outages { get; } =
    [
        new IOException("no disk"),
        new SocketException((int)SocketError.ConnectionRefused),
        new TimeoutException(),
        new HttpRequestException("no route"),
        new TaskCanceledException("the client gave up"),
        new AggregateException(new InvalidOperationException("closed", new SocketException())),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Theory]
    [MemberData(nameof(Defects), DisableDiscoveryEnumeration = true)]
    public async Task Deliver_StoreFailsOnOneRecord_BuriesThatOneAndStoresTheOthers(Exception defect)
    {
        foreach (var place in new[] { 0, 7, 19, 20 })
        {
            _backend.BeforeStore = (batch, _) => batch.Any(static entry => entry.Key == "poison") ? throw defect : Task.CompletedTask;

            var result = await Delivery().DeliverAsync(Records(21, place), static _ => CapturedRecords.Definition, Token);

            Assert.Equal(new DeliveryResult(Stored: 20, DeadLettered: 1), result);
            Assert.Contains("and stores others", DeadLetters().List()[^1].Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Deliver_StoreFailsOnMostRecords_BuriesThoseAndStoresTheRest()
    {
        _backend.BeforeStore = (batch, _) => batch.Any(static entry => entry.Key == "poison") ? throw new InvalidOperationException() : Task.CompletedTask;

        var result = await Delivery().DeliverAsync(Records(40, [.. Enumerable.Range(0, 39)]), static _ => CapturedRecords.Definition, Token);

        Assert.Equal(new DeliveryResult(Stored: 1, DeadLettered: 39), result);
    }

    [Fact]
    public async Task Deliver_StoreFailsOnEverythingForLong_BuriesNothing()
    {
        _backend.BeforeStore = (_, _) => _backend.Attempts.Count <= 500 ? throw new InvalidOperationException("not open") : Task.CompletedTask;
        var delivery = Delivery();

        var result = await delivery.DeliverAsync(Records(21), static _ => CapturedRecords.Definition, Token);

        Assert.Equal(new DeliveryResult(Stored: 21, DeadLettered: 0), result);
        Assert.Empty(delivery.Problems);
    }

    [Theory]
    [MemberData(nameof(Outages), DisableDiscoveryEnumeration = true)]
    public async Task Deliver_Outage_IsWaitedOutAndBuriesNothing(Exception outage)
    {
        var problems = new List<string>();
        var delivery = Delivery();
        _backend.BeforeStore = (_, _) =>
        {
            problems.AddRange(delivery.Problems);
            return _backend.Attempts.Count <= 30 ? throw outage : Task.CompletedTask;
        };

        var result = await delivery.DeliverAsync(Records(21), static _ => CapturedRecords.Definition, Token);

        Assert.Equal(new DeliveryResult(Stored: 21, DeadLettered: 0), result);
        Assert.All(_backend.Attempts, static batch => Assert.Equal(21, batch.Count));
        Assert.Contains(problems, static problem => problem.StartsWith("the last 30 attempts to store in recording failed", StringComparison.Ordinal));
        Assert.Empty(delivery.Problems);
    }

    [Fact]
    public async Task Drain_StoreFailsOnALoneRecord_ReadsOnAndBuriesItWhenOthersAreStored()
    {
        using var journal = CaptureJournal.OpenInMemory(new JournalOptions(), _loggers.CreateLogger<CaptureJournal>(), TimeProvider.System);
        foreach (var record in (byte[][])[CapturedRecords.Of("poison"), CapturedRecords.Of("poison"), CapturedRecords.Of("sound")])
        {
            journal.DescribeTrigger(CaptureDecoder.Decode(record).DescriptorId, DefinitionJson.Write(CapturedRecords.Definition));
            journal.TryAppend(TriggerPriority.High, record);
        }

        _backend.BeforeStore = static (batch, _) => batch[0].Key == "poison" ? throw new InvalidOperationException() : Task.CompletedTask;
        var drain = new JournalDrain(journal, Delivery(), _options);

        while (await drain.StepAsync(null, Token))
        {
        }

        Assert.Equal((1, 2, 0), (drain.Stored, drain.DeadLettered, journal.GetStatistics().Pending));
    }

    [Fact]
    public async Task TryAsync_NoOtherRecordGoesThrough_LeavesItAndSaysSo()
    {
        _backend.BeforeStore = static (_, _) => throw new InvalidOperationException();
        var delivery = Delivery();
        List<PendingRecord> lone = [delivery.Decode(CapturedRecords.Of("lone"), DefinitionJson.Write(CapturedRecords.Definition))!];

        for (var round = 0; round < 20; round++) Assert.Equal(lone, (await delivery.TryAsync(lone, round, Token)).Left);

        Assert.Empty(DeadLetters().List());
        Assert.Contains(delivery.Problems, static problem => problem.StartsWith("1 records wait because recording fails", StringComparison.Ordinal));
        Assert.All(delivery.Problems, static problem => Assert.Contains("System.InvalidOperationException", problem, StringComparison.Ordinal));
    }

    [Fact]
    public async Task TryStore_StoreGivesUpByItself_IsAReason() =>
        Assert.Contains("gave up", await Failing(new TaskCanceledException("gave up")).TryStoreAsync(Any.Entry(), Token), StringComparison.Ordinal);

    private static IReadOnlyList<ReadOnlyMemory<byte>> Records(int count, params int[] poison) =>
        [.. Enumerable.Range(0, count).Select(number => (ReadOnlyMemory<byte>)CapturedRecords.Of(poison.Contains(number) ? "poison" : "sound"))];

    private RecordDelivery Failing(Exception exception)
    {
        _backend.BeforeStore = (_, _) => throw exception;
        return Delivery();
    }

    private RecordDelivery Delivery() =>
        new(_backend, new MemoryComposer("p"), DeadLetters(), _options, TimeProvider.System, _loggers.CreateLogger<RecordDelivery>());

    private DeadLetterStore DeadLetters() => new(_directory.File("dead-letters.dat"), TimeProvider.System, _loggers.CreateLogger<DeadLetterStore>(), SystemDisk.Instance);
}
