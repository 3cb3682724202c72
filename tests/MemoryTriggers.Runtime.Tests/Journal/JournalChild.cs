using System.Diagnostics;
using System.Runtime.CompilerServices;
using MemoryTriggers.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Tests.Journal;

/// <summary>This test program started once more, to append until it is killed. It prints how many records were accepted.</summary>
internal static class JournalChild
{
    private const string DirectoryVariable = "MEMORYTRIGGERS_TEST_JOURNAL_CHILD";
    private const string ModeVariable = DirectoryVariable + "_MODE";
    private const string FirstVariable = DirectoryVariable + "_FIRST";

    public static Process Start(string directory, JournalMode mode, int first)
    {
        var program = Path.ChangeExtension(typeof(JournalChild).Assembly.Location, OperatingSystem.IsWindows() ? ".exe" : null);
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true };
        start.Environment[DirectoryVariable] = directory;
        start.Environment[ModeVariable] = mode.ToString();
        start.Environment[FirstVariable] = first.ToString();

        return Process.Start(start)!;
    }

    [ModuleInitializer]
    internal static void AppendWhenAsked()
    {
        if (Environment.GetEnvironmentVariable(DirectoryVariable) is not { } directory)
            return;

        var options = new JournalOptions
        {
            Directory = directory,
            SegmentBytes = JournalOptions.MinSegmentBytes,
            ForcedMode = Enum.Parse<JournalMode>(Environment.GetEnvironmentVariable(ModeVariable)!),
        };
        using var journal = CaptureJournal.Open(options, NullLogger<CaptureJournal>.Instance, TimeProvider.System);

        for (var number = int.Parse(Environment.GetEnvironmentVariable(FirstVariable)!); ; number++)
        {
            if (journal.TryAppend(TriggerPriority.Medium, JournalHarness.Record(number)) != JournalAppendResult.Accepted)
                Environment.Exit(1);

            if (number % 100 == 0)
                Console.WriteLine(number);
        }
    }
}
