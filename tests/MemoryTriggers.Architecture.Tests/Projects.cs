namespace MemoryTriggers.Architecture;

/// <summary>The projects under <c>src</c>, as they were built beside these tests.</summary>
internal static class Projects
{
    private static readonly string Output = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", ".."));
    private static readonly string Configuration = new DirectoryInfo(AppContext.BaseDirectory).Name.Split('_')[0];

    public static TheoryData<string> All { get; } =
    [
        "MemoryTriggers.Abstractions", "MemoryTriggers.AspNetCore", "MemoryTriggers.Cli", "MemoryTriggers.CodeFixes",
        "MemoryTriggers.CommandLine", "MemoryTriggers.Conformance", "MemoryTriggers.Extensions.AI", "MemoryTriggers.Foundation",
        "MemoryTriggers.Generators", "MemoryTriggers.Journal", "MemoryTriggers.LiteDb", "MemoryTriggers.MSBuild", "MemoryTriggers.Postgres",
        "MemoryTriggers.Ranking", "MemoryTriggers.Recorder", "MemoryTriggers.Runtime",
        "MemoryTriggers.TestingPlatform", "MemoryTriggers.TestLogger", "MemoryTriggers.Vectors", "MemoryTriggers.Weaver",
    ];

    public static IReadOnlyList<TypeUse> Read(string project) => TypeGraph.Read(FileOf(project), project);

    /// <summary>What a program gets with the package MemoryTriggers: the runtime's assembly and those of ours that it was built with.</summary>
    public static IReadOnlyList<string> AssembliesOfThePackage() =>
        Directory.GetFiles(Path.GetDirectoryName(FileOf("MemoryTriggers.Runtime"))!, "MemoryTriggers*.dll");

    /// <summary>The file of a project's assembly. A project for several frameworks has a folder for each.</summary>
    public static string FileOf(string project)
    {
        var name = project == "MemoryTriggers.Cli" ? "memory-triggers" : project;
        return Directory.EnumerateDirectories(Path.Combine(Output, project), Configuration + "*")
            .Order(StringComparer.Ordinal)
            .Select(folder => Path.Combine(folder, name + ".dll"))
            .First(File.Exists);
    }
}
