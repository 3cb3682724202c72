using System.Reflection;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.PublicApi;

public sealed class PublicApiTests
{
    [Fact]
    public void Abstractions_PublicSurface_IsTheApprovedOne() => AssertApproved(typeof(TriggerHub).Assembly);

    [Fact]
    public void Runtime_PublicSurface_IsTheApprovedOne() => AssertApproved(typeof(MemoryTriggerService).Assembly);

    [Theory]
    [InlineData("MemoryTriggers.Foundation")]
    [InlineData("MemoryTriggers.Journal")]
    [InlineData("MemoryTriggers.Ranking")]
    public void Floor_PublicSurface_IsTheApprovedOne(string name) => AssertApproved(Assembly.Load(name));

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

    // A framework that lacks these has them as internal types of the assembly.
    private static string[] Lines(Assembly assembly) => PublicSurface
        .Of(
            assembly, "System.Runtime.CompilerServices.ParamCollectionAttribute", "System.Runtime.CompilerServices.ScopedRefAttribute",
            "System.Diagnostics.CodeAnalysis.SetsRequiredMembersAttribute")
        .ReplaceLineEndings("\n").Split('\n');

    private static void AssertApproved(Assembly assembly) =>
        Approval.Verify(PublicSurface.Of(assembly), Path.Combine(RepositoryRoot.Path, "tests", "MemoryTriggers.Runtime.Tests", "PublicApi"), assembly.GetName().Name!);
}
