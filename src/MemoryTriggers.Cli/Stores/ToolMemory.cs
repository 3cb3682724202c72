using System.CommandLine;
using MemoryTriggers.Cli.Conventions;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Cli.Stores;

/// <summary>
/// The memory of the tool itself: each command is a trigger, and is remembered in a data folder of the tool's own. So a store that is
/// damaged, locked or of another version is never touched by remembering a command that read it.
/// </summary>
internal sealed class ToolMemory : IAsyncDisposable
{
    private const string Switch = "MEMORY_TRIGGERS_CLI_MEMORY";
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(2);
    private readonly MemoryTriggerService? _service;

    private ToolMemory(MemoryTriggerService? service) => _service = service;

    /// <summary>Where it is.</summary>
    public static string Folder => Files.DataDirectory.Default;

    public static async Task<ToolMemory> StartAsync(ParseResult arguments, CancellationToken token) => new(IsOff(arguments)
        ? null
        : await MemoryTriggerService.StartAsync(
            static options =>
            {
                options.Project = "memory-triggers";
                // They quote arguments: a question, an id, a path, an address with its password.
                options.KeepsErrorText = false;
                // A handful of records at a time.
                options.Journal.SegmentBytes = JournalOptions.MinSegmentBytes;
                options.Delivery.ShutdownTimeout = StopWithin;
            },
            new LateStore(new SqliteMemoryBackend(new SqliteBackendOptions { Path = Path.Combine(Folder, "memory.db") },
                NullLogger.Instance, TimeProvider.System)),
            NullLoggerFactory.Instance,
            token));

    public ValueTask DisposeAsync() => _service?.DisposeAsync() ?? default;

    private static bool IsOff(ParseResult arguments) =>
        arguments.GetValue(GlobalOptions.NoMemory)
            || Environment.GetEnvironmentVariable(Switch)?.ToLowerInvariant() is "off" or "0" or "false" or "no";
}
