using System.Reflection;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.PublicApi;

public sealed class PublicApiTests
{
    [Fact]
    public void Abstractions_PublicSurface_IsTheApprovedOne() => AssertApproved(typeof(TriggerHub).Assembly);

    [Fact]
    public void Runtime_PublicSurface_IsTheApprovedOne() => AssertApproved(typeof(MemoryTriggerService).Assembly);

    [Fact]
    public void Abstractions_ForNet8_HasTheSameSurface() => Assert.Empty(Differences("net8.0"));

    // What is missing is of types that the framework lacks.
    [Fact]
    public void Abstractions_ForNetStandard_LacksWhatItsFrameworkLacksAndNothingElse() => Assert.Equal(
        [
            "- IReadOnlyDictionary<DateOnly, Int64> ByDay { get; init; }",
            "- Nullable<TimeOnly> EndTime { get; init; }",
            "- Nullable<TimeOnly> StartTime { get; init; }",
        ],
        Differences("netstandard2.0"));

    private static IEnumerable<string> Differences(string framework)
    {
        var configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var file = Path.Combine(RepositoryRoot.Path, "artifacts", "bin", "MemoryTriggers.Abstractions", $"{configuration}_{framework}", "MemoryTriggers.Abstractions.dll");
        var beside = Directory.GetFiles(AppContext.BaseDirectory, "*.dll").Where(static found => Path.GetFileName(found) != "MemoryTriggers.Abstractions.dll");
        var shared = Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll");
        using var context = new MetadataLoadContext(new PathAssemblyResolver([file, .. beside, .. shared]));
        var found = PublicSurface.Of(context.LoadFromAssemblyPath(file)).Split('\n');
        var expected = PublicSurface.Of(typeof(TriggerHub).Assembly).Split('\n');
        return [.. expected.Except(found).Select(static line => "- " + line.Trim()), .. found.Except(expected).Select(static line => "+ " + line.Trim())];
    }

    private static void AssertApproved(Assembly assembly) =>
        Approval.Verify(PublicSurface.Of(assembly), Path.Combine(RepositoryRoot.Path, "tests", "MemoryTriggers.Runtime.Tests", "PublicApi"), assembly.GetName().Name!);
}
