using System.Globalization;
using MemoryTriggers.Files;
using MemoryTriggers.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Soak;

/// <summary>
/// The victim with everything real: decorated calls from two threads, journal, pump and SQLite, until it is killed or comes
/// to its crash point. It says <c>start</c>, <c>ready</c>, and <c>a</c> and <c>d</c> with the number around each call.
/// </summary>
internal static class CallingChild
{
    public const string Verb = "calling-child";
    private const int Threads = 2;
    private const int MaxCalls = 20_000;

    /// <summary>Arguments: folder, mode of the journal, first number, seed, and then the crash point and its occurrence.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var folder = args[0];
        var first = int.Parse(args[2], CultureInfo.InvariantCulture);
        var seed = int.Parse(args[3], CultureInfo.InvariantCulture);
        var crash = args.Length > 5 ? new CrashPoint(args[4], int.Parse(args[5], CultureInfo.InvariantCulture)) : CrashPoint.None;

        ChildOutput.Say("start");
        var sqlite = new SqliteBackendOptions();
        sqlite.Path = Path.Combine(folder, sqlite.Path);
        await using var memory = await MemoryTriggerService.StartAsync(
            options =>
            {
                options.DataDirectory = folder;
                options.Journal.SegmentBytes = JournalOptions.MinSegmentBytes;
                options.Journal.SyncInterval = TimeSpan.FromMilliseconds(5);
                options.Journal.ForcedMode = Enum.Parse<JournalMode>(args[1]);
                if (!ReferenceEquals(crash, CrashPoint.None)) options.Journal.Disk = new SystemDisk(new CrashingFile(crash));
            },
            new CrashingBackend(new SqliteMemoryBackend(sqlite, NullLogger.Instance, TimeProvider.System), crash),
            NullLoggerFactory.Instance);
        var health = await memory.GetHealthAsync();
        if (health.JournalMode == "memory") return 2;
        ChildOutput.Say("ready");

        var next = first - 1;
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(async () =>
        {
            var random = new Random(unchecked((seed * 31) + thread));
            for (int number; (number = Interlocked.Increment(ref next)) < first + MaxCalls;)
            {
                await CallAsync(number, crash);
                if (random.Next(6) == 0) await Task.Delay(random.Next(1, 6));
                if (random.Next(60) == 0) await memory.SyncAsync();
            }
        })));
        return 3;
    }

    private static async Task CallAsync(int number, CrashPoint crash)
    {
        ChildOutput.Say($"a {number}");
        crash.Hit("call.before");
        await new Work().DoAsync(number);
        crash.Hit("call.after");
        ChildOutput.Say($"d {number}");
    }
}
