using System.Xml.Linq;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Build;

/// <summary>
/// A folder outside of this repository with projects that use MemoryTriggers as a user's projects do: the generator as an analyzer, the
/// targets of the package, the weaver inside the build. The parts come from this repository's own build instead of a package.
/// </summary>
internal sealed class UserFolder : IDisposable
{
    private static readonly string Binaries = System.IO.Path.Combine(RepositoryRoot.Path, "artifacts", "bin");
    private static readonly string Configuration = System.IO.Path.GetFileName(AppContext.BaseDirectory.TrimEnd(System.IO.Path.DirectorySeparatorChar));
    private readonly TemporaryDirectory _directory = new();

    /// <param name="properties">MSBuild properties and items for all projects, as XML.</param>
    public UserFolder(string properties = "")
    {
        Write("Directory.Build.props", $"""
            <Project>
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <UseAppHost>false</UseAppHost>
                <InvariantGlobalization>true</InvariantGlobalization>
                <SatelliteResourceLanguages>en</SatelliteResourceLanguages>
                <MemoryTriggersWeaverAssembly>{Binary("MemoryTriggers.Weaver")}</MemoryTriggersWeaverAssembly>
              </PropertyGroup>
              {properties}
            </Project>
            """);
        Write("Directory.Build.targets", $"""
            <Project>
              <ItemGroup>
                <Reference Include="{Binary("MemoryTriggers.Abstractions", "_net10.0")}" />
                <Analyzer Include="{Binary("MemoryTriggers.Generators")}" />
              </ItemGroup>
              <Import Project="{System.IO.Path.Combine(RepositoryRoot.Path, "src", "MemoryTriggers.Abstractions", "build", "MemoryTriggers.Abstractions.targets")}" />
            </Project>
            """);
    }

    public string Path => _directory.Path;

    /// <summary>A reference to the runtime, and to what its package would bring along.</summary>
    public static string RuntimeReference { get; } =
        string.Concat(new[] { "MemoryTriggers.Runtime", "MemoryTriggers.Foundation", "MemoryTriggers.Journal", "MemoryTriggers.Ranking" }
            .Select(static name => $"""<Reference Include="{Binary(name)}" />""")) +
        PackageReferences([.. XDocument.Load(System.IO.Path.Combine(RepositoryRoot.Path, "src", "MemoryTriggers.Runtime", "MemoryTriggers.Runtime.csproj"))
            .Descendants("PackageReference").Select(static item => item.Attribute("Include")!.Value)]);

    /// <summary>References to packages, in the versions of this repository.</summary>
    public static string PackageReferences(params string[] names)
    {
        var versions = XDocument.Load(System.IO.Path.Combine(RepositoryRoot.Path, "Directory.Packages.props")).Descendants("PackageVersion")
            .ToDictionary(static item => item.Attribute("Include")!.Value, static item => item.Attribute("Version")!.Value);
        return string.Concat(names.Select(name => $"""<PackageReference Include="{name}" Version="{versions[name]}" />"""));
    }

    public string File(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>A file that the compiler or the weaver leaves behind.</summary>
    public string Intermediate(string project, string file, string configuration = "Debug") => File(project, "obj", configuration, "net10.0", file);

    public void Write(string file, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(File(file))!);
        System.IO.File.WriteAllText(File(file), text);
    }

    public void AddProject(string name, string source, string items = "", string properties = "", string targets = "")
    {
        Write($"{name}/{name}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>{properties}</PropertyGroup>
              <ItemGroup>{items}</ItemGroup>
              {targets}
            </Project>
            """);
        Write($"{name}/{name}.cs", source);
    }

    public Task<BuildOutput> BuildAsync(string project, params string[] arguments) =>
        Dotnet.RunAsync(File(project), ["build", "--nologo", "--verbosity", "normal", "-maxcpucount:1", .. arguments]);

    public void Dispose() => _directory.Dispose();

    // What is built for several frameworks has a folder for each.
    private static string Binary(string name, string framework = "") => System.IO.Path.Combine(Binaries, name, Configuration + framework, name + ".dll");
}
