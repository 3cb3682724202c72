using System.Text.Json;
using MemoryTriggers.TestKit;
using NuGet.Versioning;

namespace MemoryTriggers.Build.Packages;

/// <summary>
/// Holds what the projects of this repository restore against eng/advisories.json: the audit of NuGet says nothing where the registry
/// has no vulnerability data.
/// </summary>
public sealed class AdvisoryTests
{
    private static readonly JsonSerializerOptions CaseInsensitive = new() { PropertyNameCaseInsensitive = true };

    [Fact]
    public void Restored_Packages_AreInNoAdvisory()
    {
        var advisories = Read();

        var affected = RestoredPackages().SelectMany(package => advisories.Where(advisory => advisory.Affects(package)).Select(advisory => $"{package}: {advisory.Why}"));

        Assert.Empty(affected);
    }

    [Theory]
    [InlineData("SQLitePCLRaw.lib.e_sqlite3", "2.0.6", true)]
    [InlineData("sqlitepclraw.lib.E_SQLITE3", "2.1.11", true)]
    [InlineData("SQLite", "3.51.2", true)]
    [InlineData("SQLite", "3.53.4", false)]
    [InlineData("Npgsql", "8.0.3", false)]
    [InlineData("System.Text.Json", "8.0.4", true)]
    [InlineData("System.Text.Json", "10.0.0", false)]
    public void Advisory_OfAPackage_AffectsItsRangeOnly(string package, string version, bool affected) =>
        Assert.Equal(affected, Read().Any(advisory => advisory.Affects(new(package, NuGetVersion.Parse(version)))));

    [Fact]
    public void Restored_Packages_AreRead() => Assert.Contains(RestoredPackages(), static package => package.Name == "SQLitePCLRaw.core");

    [Fact]
    public void Advisories_All_TellReasonAndSource() =>
        Assert.All(Read(), static advisory =>
        {
            Assert.NotEmpty(advisory.Why);
            Assert.True(Uri.TryCreate(advisory.Source, UriKind.Absolute, out _), advisory.Source);
        });

    private static List<Advisory> Read()
    {
        var json = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "eng", "advisories.json"));
        return JsonSerializer.Deserialize<List<Advisory>>(json, CaseInsensitive)!;
    }

    // The lists that restore leaves beside what it builds, one for each project.
    private static HashSet<RestoredPackage> RestoredPackages()
    {
        var packages = new HashSet<RestoredPackage>();
        var objects = Path.Combine(RepositoryRoot.Path, "artifacts", "obj");
        foreach (var file in Directory.GetDirectories(objects).Select(static folder => Path.Combine(folder, "project.assets.json")).Where(File.Exists))
        {
            using var assets = JsonDocument.Parse(File.ReadAllBytes(file));
            foreach (var library in assets.RootElement.GetProperty("libraries").EnumerateObject().Where(IsPackage))
            {
                var parts = library.Name.Split('/');
                packages.Add(new(parts[0], NuGetVersion.Parse(parts[1])));
            }
        }

        return packages;
    }

    private static bool IsPackage(JsonProperty library) => library.Value.GetProperty("type").GetString() == "package";

    private sealed record RestoredPackage(string Name, NuGetVersion Version);

    private sealed record Advisory(string Package, string Range, string Why, string Source)
    {
        public bool Affects(RestoredPackage package) =>
            package.Name.Equals(Package, StringComparison.OrdinalIgnoreCase) && VersionRange.Parse(Range).Satisfies(package.Version);
    }
}
