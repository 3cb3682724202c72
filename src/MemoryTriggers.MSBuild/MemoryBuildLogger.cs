using MemoryTriggers.Reports;
using Microsoft.Build.Framework;

namespace MemoryTriggers;

/// <summary>
/// Remembers builds that fail: <c>dotnet build -logger:MemoryTriggers.MSBuild.dll</c>. Each error with its code, file and line; a project
/// that builds again is linked as what resolved them; of each build its counts are kept. Settings follow the path:
/// <c>;Data=folder;Project=shop;Wait=2;Quiet=true</c>.
/// </summary>
/// <remarks>Never fails a build. The end of a build waits for the recorder, at most <c>Wait</c> seconds (2).</remarks>
public sealed class MemoryBuildLogger : ILogger
{
    private readonly SourceRoot _root = SourceRoot.Of(Environment.CurrentDirectory);
    private readonly BuildRun _run = new();
    private RecorderProcess? _recorder;
    private DateTime _started;

    /// <inheritdoc/>
    public string? Parameters { get; set; }

    /// <inheritdoc/>
    public LoggerVerbosity Verbosity { get; set; } = LoggerVerbosity.Quiet;

    /// <inheritdoc/>
    public void Initialize(IEventSource eventSource)
    {
        ArgumentNullException.ThrowIfNull(eventSource);
        _recorder = RecorderProcess.Start(RecorderOptions.Parse(Parameters), _root);
        if (_recorder is null) return;
        eventSource.BuildStarted += (_, arguments) => _started = arguments.Timestamp;
        eventSource.ProjectStarted += (_, arguments) => _run.Started(arguments);
        eventSource.ProjectFinished += (_, arguments) => _run.Finished(arguments);
        eventSource.ErrorRaised += (_, arguments) => _run.Failed(arguments, _root);
        eventSource.WarningRaised += (_, _) => _run.Warned();
        eventSource.BuildFinished += (_, arguments) =>
            _recorder.Finish(_run.ToReport(_root, arguments.Succeeded, arguments.Timestamp - _started),
                "What earlier builds knew of these errors:");
    }

    /// <inheritdoc/>
    public void Shutdown() => _recorder?.Dispose();
}
