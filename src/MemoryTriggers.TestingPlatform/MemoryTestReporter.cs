using System.Diagnostics;
using System.Reflection;
using MemoryTriggers.Reports;
using MemoryTriggers.Tests;
using Microsoft.Testing.Platform.CommandLine;
using Microsoft.Testing.Platform.Extensions;
using Microsoft.Testing.Platform.Extensions.Messages;

namespace MemoryTriggers;

/// <summary>
/// Observes the tests of its program, and reports to the recorder at the end. Uses of the platform only what its first and its second
/// version have in common.
/// </summary>
/// <remarks>Never fails a run. The end waits for the recorder, at most <c>Wait</c> seconds (2).</remarks>
internal sealed class MemoryTestReporter(ICommandLineOptions commandLine)
    : MemoryTestExtension, IDataConsumer, IAsyncInitializableExtension, IAsyncCleanableExtension
{
    private readonly string _program = Assembly.GetEntryAssembly()?.GetName().Name ?? "tests";
    private readonly SourceRoot _root = SourceRoot.Of(Environment.CurrentDirectory);
    private readonly RecorderOptions _options =
        RecorderOptions.Parse(commandLine.TryGetOptionArgumentList(MemoryTestOptions.Name, out var settings)
            ? string.Join(';', settings)
            : null);
    private readonly TestRun _run = new();
    private readonly HashSet<string> _running = new(StringComparer.Ordinal);
    private RecorderProcess? _recorder;
    private long _started;

    public Type[] DataTypesConsumed => [typeof(TestNodeUpdateMessage)];

    public override Task<bool> IsEnabledAsync() =>
        Task.FromResult(commandLine.IsOptionSet(MemoryTestOptions.Name)
            || AppContext.TryGetSwitch("MemoryTriggers.TestLog", out var isOn) && isOn);

    public Task InitializeAsync()
    {
        _started = Stopwatch.GetTimestamp();
        _recorder = RecorderProcess.Start(_options, _root);
        return Task.CompletedTask;
    }

    // The platform tells its consumers one thing at a time.
    public Task ConsumeAsync(IDataProducer dataProducer, IData value, CancellationToken cancellationToken)
    {
        if (value is TestNodeUpdateMessage { TestNode: { } node } && node.Properties.SingleOrDefault<TestNodeStateProperty>() is { } state)
            Hear(node, state);
        return Task.CompletedTask;
    }

    public Task CleanupAsync()
    {
        // The platform cleans up what is a consumer and what is initialized.
        if (Interlocked.Exchange(ref _recorder, null) is not { } recorder) return Task.CompletedTask;
        // What has begun and did not end, was broken off.
        if (_run.ToReport(Stopwatch.GetElapsedTime(_started), isBrokenOff: _running.Count > 0) is { } report)
            recorder.Finish(report, TestRun.Heading);
        recorder.Dispose();
        return Task.CompletedTask;
    }

    private void Hear(TestNode node, TestNodeStateProperty state)
    {
        if (state is InProgressTestNodeStateProperty) _running.Add(node.Uid.Value);
        else _running.Remove(node.Uid.Value);

        if (state is PassedTestNodeStateProperty) _run.Passed(_program, NodeName.Of(node));
        else if (state is SkippedTestNodeStateProperty) _run.Skipped(_program);
        else if (NodeFailure.Of(state) is { } failure)
        {
            var file = node.Properties.SingleOrDefault<TestFileLocationProperty>()?.FilePath;
            _run.Failed(_program,
                TestFailure.Of(_root, _program, NodeName.Of(node), node.DisplayName, failure.Message, failure.Trace, file));
        }
    }
}
