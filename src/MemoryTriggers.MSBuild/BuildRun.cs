using System.Globalization;
using MemoryTriggers.Reports;
using Microsoft.Build.Framework;

namespace MemoryTriggers;

/// <summary>Collects the events of a build. The build calls its loggers one at a time.</summary>
internal sealed class BuildRun
{
    // A build of many errors says the same many times.
    private const int MaxErrors = 200;

    private readonly List<RunFailure> _failures = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly HashSet<int> _builds = [];
    private readonly HashSet<string> _built = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _failed = new(StringComparer.OrdinalIgnoreCase);
    private string? _entry;
    private string? _first;
    private long _errors;
    private long _warnings;

    public void Started(ProjectStartedEventArgs started)
    {
        // Only the projects and targets requested on the command line; neither the restore before it nor dependencies.
        if (started.TargetNames != "Restore") _first ??= started.ProjectFile;
        if (started.TargetNames != "Restore" && IsAskedFor(started)) _entry ??= started.ProjectFile;
        if (started.BuildEventContext is { } context && IsBuild(started.TargetNames)) _builds.Add(context.ProjectContextId);
    }

    public void Finished(ProjectFinishedEventArgs finished)
    {
        if (finished.ProjectFile is not { Length: > 0 } project) return;
        if (!finished.Succeeded) _failed.Add(project);
        else if (finished.BuildEventContext is { } context && _builds.Contains(context.ProjectContextId)) _built.Add(project);
    }

    public void Warned() => _warnings++;

    public void Failed(BuildErrorEventArgs error, SourceRoot root)
    {
        _errors++;
        var project = error.ProjectFile is { Length: > 0 } named ? named : error.File ?? "";
        _failed.Add(project);
        var folder = Path.GetDirectoryName(project);
        var file = root.Relative(error.File ?? "", folder is { Length: > 0 } ? folder : null);
        // Each target framework, and each build of the same project, says it again.
        if (_failures.Count >= MaxErrors || !_seen.Add($"{project}|{error.Code}|{file}|{error.LineNumber}|{error.Message}")) return;
        _failures.Add(new RunFailure
        {
            Operation = Operation(project, root),
            Type = error.Code is { Length: > 0 } code ? code : "build_error",
            Message = error.Message ?? "",
            Trace = file.Length > 0 ? $"at {file}()" : "",
            Metadata = new()
            {
                ["file"] = file,
                ["line"] = error.LineNumber.ToString(CultureInfo.InvariantCulture),
                ["column"] = error.ColumnNumber.ToString(CultureInfo.InvariantCulture),
            },
        });
    }

    public RunReport ToReport(SourceRoot root, bool succeeded, TimeSpan duration) => new()
    {
        Kind = "build",
        // Not the name of the project that is built, which is another operation.
        Operation = $"build of {root.Relative(_entry ?? _first ?? "")}".TrimEnd(),
        Succeeded = succeeded,
        Duration = duration,
        Counts = new()
        {
            ["errors"] = _errors,
            ["warnings"] = _warnings,
            ["projects"] = _built.Union(_failed, StringComparer.OrdinalIgnoreCase).Count(IsProject),
        },
        Failures = _failures,
        Passed = [.. _built.Where(project => !_failed.Contains(project)).Select(project => Operation(project, root))],
    };

    private static string Operation(string project, SourceRoot root) => $"build {root.Relative(project)}".TrimEnd();

    private static bool IsAskedFor(ProjectStartedEventArgs started) =>
        started.ParentProjectBuildEventContext is null or { ProjectContextId: BuildEventContext.InvalidProjectContextId };

    private static bool IsProject(string file) =>
        Path.GetExtension(file).ToLowerInvariant() is not (".sln" or ".slnx" or ".slnf" or ".metaproj" or "");

    private static bool IsBuild(string? targets) =>
        string.IsNullOrEmpty(targets) || targets.Split(';').Any(static target => target is "Build" or "Rebuild" or "Publish" or "Pack");
}
