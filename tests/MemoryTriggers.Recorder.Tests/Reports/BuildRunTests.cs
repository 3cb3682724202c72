using Microsoft.Build.Framework;

namespace MemoryTriggers.Reports;

/// <summary>What a build is called, and what is counted of it, by the events that MSBuild sends.</summary>
public sealed class BuildRunTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Path.GetTempPath(), "somewhere"));
    private readonly BuildRun _run = new();
    private int _projects;

    [Fact]
    public void Build_OfASolution_IsCalledByIt()
    {
        var restore = Started("Shop.slnx", "Restore");
        Started("src/A/A.csproj", "_GenerateRestoreGraphProjectEntry", restore);
        var solution = Started("Shop.slnx", "");
        var (a, b) = (Started("src/A/A.csproj", "", solution), Started("src/B/B.csproj", "", solution));
        Finished("src/A/A.csproj", a, succeeded: true);
        Finished("src/B/B.csproj", b, succeeded: false);
        Finished("Shop.slnx", solution, succeeded: false);

        var report = _run.ToReport(SourceRoot.Of(Root), succeeded: false, TimeSpan.Zero);

        Assert.Equal("build of Shop.slnx", report.Operation);
        Assert.Equal(2, report.Counts["projects"]);
        Assert.Equal(["build src/A/A.csproj"], report.Passed);
    }

    [Fact]
    public void Build_OfAProject_IsCalledByIt()
    {
        Started("src/A/A.csproj", "Restore");
        var project = Started("src/A/A.csproj", "");
        Finished("src/B/B.csproj", Started("src/B/B.csproj", "", project), succeeded: true);
        Finished("src/A/A.csproj", project, succeeded: true);

        var report = _run.ToReport(SourceRoot.Of(Root), succeeded: true, TimeSpan.Zero);

        Assert.Equal("build of src/A/A.csproj", report.Operation);
        Assert.Equal(2, report.Counts["projects"]);
    }

    private static string Full(string file) => Path.Combine(Root, file);

    private BuildEventContext Started(string file, string targets, BuildEventContext? parent = null)
    {
        var context = new BuildEventContext(0, 0, ++_projects, 0);
        _run.Started(new ProjectStartedEventArgs(_projects, "", "", Full(file), targets, Array.Empty<object>(), Array.Empty<object>(), parent ?? BuildEventContext.Invalid) { BuildEventContext = context });
        return context;
    }

    private void Finished(string file, BuildEventContext context, bool succeeded) =>
        _run.Finished(new ProjectFinishedEventArgs(null, null, Full(file), succeeded) { BuildEventContext = context });
}
