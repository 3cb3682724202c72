using MemoryTriggers.TestKit;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Hooks;

/// <summary>Hooks with a sink in the place of a runtime, and a clock of the test's.</summary>
internal sealed class HookHarness : IDisposable
{
    private readonly RecordingSink _sink = new();
    private readonly CollectingLoggers _logs;

    public HookHarness(Action<MemoryHooksOptions>? configure = null)
    {
        var options = new MemoryHooksOptions();
        configure?.Invoke(options);
        ILogger logger = new CollectingLoggers(out _logs);
        Hooks = new MemoryHooks(options, Time, () => logger);
    }

    public ManualTimeProvider Time { get; } = new();

    public MemoryHooks Hooks { get; }

    public IReadOnlyList<MemoryEntry> Entries => _sink.Entries;

    public IReadOnlyList<string> Warnings => _logs.Warnings;

    public MemoryEntry Single() => Assert.Single(Entries);

    public void Dispose() => _sink.Dispose();
}
