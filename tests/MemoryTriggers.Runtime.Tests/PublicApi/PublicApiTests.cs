using System.Reflection;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.PublicApi;

public sealed class PublicApiTests
{
    [Fact]
    public void Abstractions_PublicSurface_IsTheApprovedOne() => AssertApproved(typeof(TriggerHub).Assembly);

    [Fact]
    public void Runtime_PublicSurface_IsTheApprovedOne() => AssertApproved(typeof(MemoryTriggerService).Assembly);

    // Assemblies of their own in the Runtime's package.
    [Fact]
    public void Journal_PublicSurface_IsTheApprovedOne() => AssertApproved(typeof(JournalOptions).Assembly);

    [Fact]
    public void Ranking_PublicSurface_IsTheApprovedOne() => AssertApproved(typeof(RecallOptions).Assembly);

    [Fact]
    public void Abstractions_ForNet8_HasTheSameSurface() => Assert.Empty(Differences("net8.0"));

    // What is missing is of types that the framework lacks.
    [Fact]
    public void Abstractions_ForNetStandard_LacksWhatItsFrameworkLacksAndNothingElse() => Assert.Equal(
        [
            "- public System.Collections.Generic.IReadOnlyDictionary<System.DateOnly, long> ByDay { get; init; }",
            "- public System.TimeOnly? EndTime { get; init; }",
            "- public System.TimeOnly? StartTime { get; init; }",
        ],
        Differences("netstandard2.0"));

    private static IEnumerable<string> Differences(string framework)
    {
        var configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var file = Path.Combine(RepositoryRoot.Path, "artifacts", "bin", "MemoryTriggers.Abstractions", $"{configuration}_{framework}", "MemoryTriggers.Abstractions.dll");
        var beside = Directory.GetFiles(AppContext.BaseDirectory, "*.dll").Where(static found => Path.GetFileName(found) != "MemoryTriggers.Abstractions.dll");
        var shared = Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll");
        using var context = new MetadataLoadContext(new PathAssemblyResolver([file, .. beside, .. shared]));
        var found = Lines(context.LoadFromAssemblyPath(file));
        var expected = Lines(typeof(TriggerHub).Assembly);
        return [.. expected.Except(found).Select(static line => "- " + line.Trim()), .. found.Except(expected).Select(static line => "+ " + line.Trim())];
    }

    // A framework that lacks these two has them as internal types of the assembly.
    private static string[] Lines(Assembly assembly) => PublicSurface
        .Of(assembly, "System.Runtime.CompilerServices.ParamCollectionAttribute", "System.Runtime.CompilerServices.ScopedRefAttribute")
        .ReplaceLineEndings("\n").Split('\n');

    private static void AssertApproved(Assembly assembly) =>
        Approval.Verify(PublicSurface.Of(assembly), Path.Combine(RepositoryRoot.Path, "tests", "MemoryTriggers.Runtime.Tests", "PublicApi"), assembly.GetName().Name!);
}
