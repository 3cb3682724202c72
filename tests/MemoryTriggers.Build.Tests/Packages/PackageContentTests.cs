using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Xml.Linq;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Build.Packages;

/// <summary>What is in the packages.</summary>
[Collection(nameof(PackageFeed))]
public sealed class PackageContentTests(PackageFeed feed)
{
    public static TheoryData<string> Packages => ["MemoryTriggers", "MemoryTriggers.Abstractions", "MemoryTriggers.Runtime", "MemoryTriggers.Postgres", "MemoryTriggers.LiteDb", "MemoryTriggers.Vectors", "MemoryTriggers.AspNetCore", "MemoryTriggers.Extensions.AI", "MemoryTriggers.CommandLine", "MemoryTriggers.Conformance", "MemoryTriggers.MSBuild", "MemoryTriggers.TestLogger", "MemoryTriggers.TestingPlatform"];

    public static TheoryData<string> Libraries => ["MemoryTriggers.Abstractions", "MemoryTriggers.Runtime", "MemoryTriggers.Postgres", "MemoryTriggers.LiteDb", "MemoryTriggers.Vectors", "MemoryTriggers.AspNetCore", "MemoryTriggers.Extensions.AI", "MemoryTriggers.CommandLine", "MemoryTriggers.Conformance", "MemoryTriggers.TestingPlatform"];

    [Theory]
    [MemberData(nameof(Packages))]
    public void Package_TellsWhatItIs(string name)
    {
        using var package = feed.Open(name);
        var description = XDocument.Parse(Text(package, name + ".nuspec")).Descendants().ToLookup(static element => element.Name.LocalName);

        Assert.Equal("MIT", description["license"].Single().Value);
        Assert.NotNull(package.GetEntry(description["icon"].Single().Value));
        Assert.NotNull(package.GetEntry(description["readme"].Single().Value));
        Assert.Equal(40, description["repository"].Single().Attribute("commit")!.Value.Length);
        Assert.NotEmpty(description["description"].Single().Value);
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Library_HasItsDocumentationAndItsSymbolsWithTheirSources(string name)
    {
        using var package = feed.Open(name);
        using var symbols = feed.Open(name, "snupkg");
        Assert.Contains("<summary>", Text(package, $"lib/net10.0/{name}.xml"), StringComparison.Ordinal);

        using var provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(Bytes(symbols, $"lib/net10.0/{name}.pdb")));
        var reader = provider.GetMetadataReader();
        var sourceLink = reader.CustomDebugInformation.Select(reader.GetCustomDebugInformation)
            .Where(information => reader.GetGuid(information.Kind) == new Guid("CC110556-A091-4D38-9FEC-25AB9A351A6A"))
            .Select(information => Encoding.UTF8.GetString(reader.GetBlobBytes(information.Value)));
        Assert.Contains("/memorytriggers/memorytriggers/", Assert.Single(sourceLink), StringComparison.Ordinal);

        using var image = new PEReader(new MemoryStream(Bytes(package, $"lib/net10.0/{name}.dll")));
        var view = image.ReadCodeViewDebugDirectoryData(image.ReadDebugDirectory().Single(static entry => entry.Type == DebugDirectoryEntryType.CodeView));
        Assert.Equal(new BlobContentId(reader.DebugMetadataHeader!.Id).Guid, view.Guid);
    }

    [Fact]
    public void Abstractions_HasTheGeneratorAndTheWeaverAndNothingOfTheBuildTool()
    {
        using var package = feed.Open("MemoryTriggers.Abstractions");
        var names = package.Entries.Select(static entry => entry.FullName).ToList();

        Assert.Superset(
            new HashSet<string>
            {
                "analyzers/dotnet/cs/MemoryTriggers.Generators.dll",
                "analyzers/dotnet/cs/MemoryTriggers.CodeFixes.dll",
                "build/netstandard2.0/MemoryTriggers.Abstractions.targets",
                "buildTransitive/netstandard2.0/MemoryTriggers.Abstractions.targets",
                "tools/netstandard2.0/MemoryTriggers.Weaver.dll",
                "tools/netstandard2.0/Mono.Cecil.dll",
                "THIRD-PARTY-NOTICES.md",
            },
            names.ToHashSet());
        Assert.DoesNotContain(names, static name => name.Contains("Microsoft.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("MemoryTriggers.MSBuild")]
    [InlineData("MemoryTriggers.TestLogger")]
    public void Logger_HasTheRecorderBesideIt_AndNothingForTheProgram(string name)
    {
        using var package = feed.Open(name);
        var names = package.Entries.Select(static entry => entry.FullName).ToList();

        Assert.Superset(
            new HashSet<string>
            {
                $"tools/net10.0/{name}.dll",
                "tools/net10.0/recorder/MemoryTriggers.Recorder.dll",
                "tools/net10.0/recorder/MemoryTriggers.Recorder.runtimeconfig.json",
                "tools/net10.0/recorder/MemoryTriggers.Runtime.dll",
                "tools/net10.0/recorder/runtimes/linux-x64/native/libe_sqlite3.so",
                "THIRD-PARTY-NOTICES.md",
            },
            names.ToHashSet());
        Assert.DoesNotContain(names, static entry => entry.StartsWith("lib/", StringComparison.Ordinal));
        Assert.DoesNotContain("<dependency ", Text(package, name + ".nuspec"), StringComparison.Ordinal);
    }

    [Fact]
    public void TestingPlatform_AddsItselfToTheProgram_AndHasTheRecorderBeside()
    {
        using var package = feed.Open("MemoryTriggers.TestingPlatform");
        var names = package.Entries.Select(static entry => entry.FullName).ToList();

        Assert.Superset(
            new HashSet<string>
            {
                "lib/net10.0/MemoryTriggers.TestingPlatform.dll",
                "build/net10.0/MemoryTriggers.TestingPlatform.props",
                "build/net10.0/MemoryTriggers.TestingPlatform.targets",
                "buildTransitive/net10.0/MemoryTriggers.TestingPlatform.props",
                "buildTransitive/net10.0/MemoryTriggers.TestingPlatform.targets",
                "tools/net10.0/recorder/MemoryTriggers.Recorder.dll",
                "tools/net10.0/recorder/MemoryTriggers.Runtime.dll",
                "THIRD-PARTY-NOTICES.md",
            },
            names.ToHashSet());
        Assert.DoesNotContain("tools/net10.0/MemoryTriggers.TestingPlatform.dll", names);
        var dependencies = XDocument.Parse(Text(package, "MemoryTriggers.TestingPlatform.nuspec")).Descendants().Where(static element => element.Name.LocalName == "dependency");
        Assert.Equal("Microsoft.Testing.Platform", Assert.Single(dependencies).Attribute("id")!.Value);
    }

    [Theory]
    [InlineData("MemoryTriggers.Cli.any")]
    [InlineData("MemoryTriggers.Cli.linux-x64")]
    [InlineData("MemoryTriggers.MSBuild")]
    public void Package_ThatCarriesLibrariesOfOthers_NamesThem(string name)
    {
        using var package = feed.Open(name);
        var notices = Text(package, "THIRD-PARTY-NOTICES.md");
        var libraries = package.Entries.Where(static entry => entry.Name.EndsWith(".dll", StringComparison.Ordinal)).Select(static entry => entry.Name).Distinct()
            .Where(static library => !library.StartsWith("Memory", StringComparison.OrdinalIgnoreCase) && !library.StartsWith("Microsoft.", StringComparison.Ordinal) && !library.StartsWith("System.", StringComparison.Ordinal))
            .ToList();

        Assert.Contains("Polly.Core.dll", libraries);
        Assert.All(libraries, library => Assert.Contains(library.Split('.')[0], notices, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Packages_NameNoPathOfThisMachine()
    {
        // Where the sources are, where they were built, and what is of the user that built them.
        string[] folders = [RepositoryRoot.Path, feed.Folder, Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".")];
        var found = new List<string>();
        foreach (var file in Directory.GetFiles(Path.Combine(feed.Folder, "feed")))
        {
            using var package = ZipFile.OpenRead(file);
            foreach (var entry in package.Entries)
            {
                var bytes = Encoding.Latin1.GetString(Bytes(package, entry.FullName));
                var utf16 = Encoding.Unicode.GetString(Bytes(package, entry.FullName));
                found.AddRange(folders.Where(folder => bytes.Contains(folder, StringComparison.Ordinal) || utf16.Contains(folder, StringComparison.Ordinal))
                    .Select(folder => $"{Path.GetFileName(file)}: {entry.FullName}: {folder}"));
            }
        }

        Assert.Empty(found);
    }

    private static string Text(ZipArchive package, string name) => Encoding.UTF8.GetString(Bytes(package, name)).TrimStart('\uFEFF');

    private static byte[] Bytes(ZipArchive package, string name)
    {
        using var stream = package.GetEntry(name)!.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
