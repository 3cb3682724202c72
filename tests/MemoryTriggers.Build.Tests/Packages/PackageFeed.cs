using System.IO.Compression;
using System.Xml.Linq;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Build.Packages;

/// <summary>The packages, made as they are for others, in a folder; and projects outside of this repository that add them.</summary>
public sealed class PackageFeed : IAsyncLifetime
{
    // No other run, and nobody's cache, has packages of this version.
    private static readonly string Version = $"0.1.0-test.{Guid.NewGuid():N}";
    private readonly TemporaryDirectory _directory = new();

    /// <summary>What the build of all projects said.</summary>
    internal BuildOutput Built { get; private set; } = null!;

    internal string PackageVersion => Version;

    internal string Folder => _directory.Path;

    public async ValueTask InitializeAsync()
    {
        (await Dotnet.RunProgramAsync(
            Path.Combine(RepositoryRoot.Path, "eng", "pack.sh"),
            "--output", _directory.File("feed"), "--artifacts", _directory.File("artifacts"), "--version", Version)).MustSucceed();

        Write("nuget.config", """<configuration><packageSources><add key="feed" value="feed" /></packageSources></configuration>""");
        (await RunAsync(".", "new", "console", "--name", "Console", "--output", "Console")).MustSucceed();
        (await RunAsync("Console", "add", "package", "MemoryTriggers", "--version", Version)).MustHaveRestored();
        Write("Console/Program.cs", Programs.Console);
        Project("Library", "Microsoft.NET.Sdk", Programs.Library, Package("MemoryTriggers.Abstractions"));
        Project(
            "Host", "Microsoft.NET.Sdk", Programs.Host,
            Package("MemoryTriggers") + UserFolder.PackageReferences("Microsoft.Extensions.Hosting") + """<ProjectReference Include="../Library/Library.csproj" />""",
            "<OutputType>Exe</OutputType>");
        Project("Native", "Microsoft.NET.Sdk", Programs.Console, Package("MemoryTriggers"), "<OutputType>Exe</OutputType><InvariantGlobalization>true</InvariantGlobalization>");
        Project("Web", "Microsoft.NET.Sdk.Web", Programs.Web, Package("MemoryTriggers.AspNetCore"));
        Project(
            "Tests",
            "Microsoft.NET.Sdk",
            Programs.Tests,
            Package("MemoryTriggers") + Package("MemoryTriggers.TestLogger") +
                UserFolder.PackageReferences("Microsoft.NET.Test.Sdk", "xunit.v3.mtp-off", "xunit.runner.visualstudio"),
            "<OutputType>Exe</OutputType>");
        Project(
            "TestProgram",
            "Microsoft.NET.Sdk",
            Programs.Tests,
            Package("MemoryTriggers") + Package("MemoryTriggers.TestingPlatform") + UserFolder.PackageReferences("xunit.v3"),
            "<OutputType>Exe</OutputType><UseMicrosoftTestingPlatformRunner>true</UseMicrosoftTestingPlatformRunner>");
        Write("All.slnx", "<Solution>" + string.Concat(new[] { "Console", "Library", "Host", "Web", "Tests", "TestProgram" }.Select(static name => $"""<Project Path="{name}/{name}.csproj" />""")) + "</Solution>");
        (await RunAsync(".", "restore", "All.slnx")).MustHaveRestored();
        Built = (await RunAsync(".", "build", "All.slnx", "--no-restore", "--nologo", "--verbosity", "normal")).MustSucceed();
    }

    public ValueTask DisposeAsync()
    {
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }

    internal ZipArchive Open(string package, string extension = "nupkg") =>
        ZipFile.OpenRead(Path.Combine(Folder, "feed", $"{package}.{Version}.{extension}"));

    /// <summary>Runs one of the projects, with an empty folder for what it remembers.</summary>
    internal async Task<string> StartAsync(string project)
    {
        var output = await RunAsync(project, "run", "--no-build", "--", Directory.CreateDirectory(Path.Combine(Folder, "data", project)).FullName);
        return output.MustSucceed().Text;
    }

    internal Task<BuildOutput> RunAsync(string folder, params string[] arguments) => Dotnet.RunAsync(_directory.File(folder), Environment, arguments);

    // Our packages are unpacked here; all others are taken from where this machine has them, as far as it does.
    private Dictionary<string, string> Environment => new()
    {
        ["NUGET_PACKAGES"] = _directory.File("packages"),
        ["NUGET_FALLBACK_PACKAGES"] = System.Environment.GetEnvironmentVariable("NUGET_PACKAGES") ??
            Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".nuget", "packages"),
    };

    internal const string Executable = "<OutputType>Exe</OutputType>";

    internal static string Package(string name) => $"""<PackageReference Include="{name}" Version="{Version}" />""";

    /// <summary>A project of any framework and language, with the settings that these have by themselves.</summary>
    internal void AddProject(string name, string framework, string source, string items, string properties = "", string language = "cs")
    {
        var usings = framework == "net10.0" || framework == "net8.0" ? "<ImplicitUsings>enable</ImplicitUsings>" : "";
        var compiled = language == "fs" ? $"""<Compile Include="{name}.fs" />""" : "";
        Write($"{name}/{name}.{language}proj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>{framework}</TargetFramework><NuGetAudit>false</NuGetAudit>{usings}{properties}</PropertyGroup>
              <ItemGroup>{compiled}{items}</ItemGroup>
            </Project>
            """);
        Write($"{name}/{name}.{language}", source);
    }

    /// <summary>Restores and builds one of them, which must succeed.</summary>
    internal async Task<BuildOutput> BuildAsync(string project)
    {
        (await RunAsync(project, "restore")).MustHaveRestored();
        return (await RunAsync(project, "build", "--no-restore", "--nologo", "--verbosity", "normal")).MustSucceed();
    }

    private void Project(string name, string sdk, string source, string items, string properties = "")
    {
        var project = new XElement(
            "Project",
            new XAttribute("Sdk", sdk),
            XElement.Parse($"<PropertyGroup><TargetFramework>net10.0</TargetFramework><Nullable>enable</Nullable><ImplicitUsings>enable</ImplicitUsings>{properties}</PropertyGroup>"),
            XElement.Parse($"<ItemGroup>{items}</ItemGroup>"));
        Write($"{name}/{name}.csproj", project.ToString());
        Write($"{name}/{name}.cs", source);
    }

    private void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_directory.File(file))!);
        File.WriteAllText(_directory.File(file), text);
    }
}
