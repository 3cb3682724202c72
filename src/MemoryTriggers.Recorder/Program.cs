using MemoryTriggers;
using MemoryTriggers.Files;
using MemoryTriggers.Recording;
using MemoryTriggers.Reports;
using MemoryTriggers.Secrets;
using Microsoft.Extensions.Logging.Abstractions;

// MemoryTriggers.Recorder <root> <data folder or nothing> <project or nothing>, the report on standard input.
// Started by a logger at the start of a run; by the time that the report comes it is ready.
var (root, data, project) = (args[0], Setting(1, "MEMORY_TRIGGERS_DATA"), Setting(2, "MEMORY_TRIGGERS_PROJECT"));
var name = project ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(root));
await using var memory = await MemoryTriggerService.StartAsync(
    options =>
    {
        options.Project = name;
        options.DataDirectory = data ?? Path.Combine(Path.GetDirectoryName(DataDirectory.Default)!, "builds");
        // A handful of records at a time.
        options.Journal.SegmentBytes = JournalOptions.MinSegmentBytes;
        options.Delivery.ShutdownTimeout = TimeSpan.FromSeconds(10);
    },
    loggers: NullLoggerFactory.Instance);

using var input = new StreamReader(Console.OpenStandardInput());
// A run that was broken off says nothing.
if (RunReport.Read(await input.ReadToEndAsync()) is not { } report) return;

var recorder = new RunRecorder(memory, name, ToolText.OfEnvironment(), TimeProvider.System);
foreach (var line in await recorder.RecordAsync(report)) Console.WriteLine(line);
Console.WriteLine(RecorderProcess.End);

string? Setting(int position, string variable) =>
    args.ElementAtOrDefault(position) is { Length: > 0 } given
        ? given : Environment.GetEnvironmentVariable(variable) is { Length: > 0 } found ? found : null;
