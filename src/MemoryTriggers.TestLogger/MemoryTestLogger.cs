using MemoryTriggers.Reports;
using MemoryTriggers.Tests;
using Microsoft.VisualStudio.TestPlatform.ObjectModel;
using Microsoft.VisualStudio.TestPlatform.ObjectModel.Client;

namespace MemoryTriggers;

/// <summary>
/// Remembers failing tests: <c>dotnet test --logger memory-triggers</c>. A test that passes after it failed in an earlier run is linked as
/// what resolved the failure; of each run its counts are kept. Settings follow the name:
/// <c>"memory-triggers;Data=folder;Project=shop;Wait=2;Quiet=true"</c>.
/// </summary>
/// <remarks>Never fails a run. The end of a run waits for the recorder, at most <c>Wait</c> seconds (2).</remarks>
[FriendlyName(FriendlyName)]
[ExtensionUri("logger://memory-triggers/v1")]
public sealed class MemoryTestLogger : ITestLoggerWithParameters
{
    /// <summary>The name for <c>--logger</c>.</summary>
    public const string FriendlyName = "memory-triggers";

    private readonly TestRun _run = new();
    private readonly SourceRoot _root = SourceRoot.Of(Environment.CurrentDirectory);
    private RecorderProcess? _recorder;

    /// <inheritdoc/>
    public void Initialize(TestLoggerEvents events, string testRunDirectory) => Listen(events, new RecorderOptions());

    /// <inheritdoc/>
    public void Initialize(TestLoggerEvents events, Dictionary<string, string?> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Listen(events, RecorderOptions.Of(parameters.Select(static pair => KeyValuePair.Create(pair.Key, pair.Value ?? ""))));
    }

    private void Listen(TestLoggerEvents events, RecorderOptions options)
    {
        ArgumentNullException.ThrowIfNull(events);
        _recorder = RecorderProcess.Start(options, _root);
        if (_recorder is null) return;
        events.TestResult += (_, arguments) => Add(arguments.Result);
        events.TestRunComplete += (_, arguments) => Finish(arguments);
    }

    private void Add(TestResult result)
    {
        var (source, test) = (Path.GetFileNameWithoutExtension(result.TestCase.Source), result.TestCase.FullyQualifiedName);
        if (result.Outcome == TestOutcome.Passed) _run.Passed(source, test);
        else if (result.Outcome != TestOutcome.Failed) _run.Skipped(source);
        else _run.Failed(source, TestFailure.Of(_root, source, test, result.DisplayName, result.ErrorMessage, result.ErrorStackTrace,
            result.TestCase.CodeFilePath));
    }

    private void Finish(TestRunCompleteEventArgs arguments)
    {
        var report = _run.ToReport(arguments.ElapsedTimeInRunningTests, arguments.IsCanceled || arguments.IsAborted);
        if (report is null) return;
        _recorder!.Finish(report, TestRun.Heading);
        _recorder.Dispose();
    }
}
