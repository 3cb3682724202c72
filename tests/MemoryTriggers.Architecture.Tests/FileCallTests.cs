namespace MemoryTriggers.Architecture;

public sealed class FileCallTests
{
    /// <summary>What may open files by itself, and why.</summary>
    private static readonly IReadOnlyDictionary<string, string> Allowed = new Dictionary<string, string>
    {
        ["MemoryTriggers.Files.PrivateFile"] = "is the rule",
        ["MemoryTriggers.Files.WindowsAccess"] = "is the rule on Windows",
        ["MemoryTriggers.Files.SharedRead"] = "reads",
        ["MemoryTriggers.Files.WholeFile"] = "reads what it copies",
        ["MemoryTriggers.Sqlite.SideDatabase"] = "tries whether a file may be opened",
        ["MemoryTriggers.Sqlite.SqliteSession"] = "opens what DatabaseName has prepared",
        ["MemoryTriggers.Inspection.ReadOnlyFile"] = "reads",
        ["MemoryTriggers.Configuration.SettingFile"] = "reads",
        ["MemoryTriggers.Policies.PolicyLoading"] = "reads",
        ["MemoryTriggers.Cli.Output.StandardOutput"] = "opens a pipe",
        ["MemoryTriggers.Weaver.Reading.CompiledAssembly"] = "writes assemblies, with the rights that a compiler gives them",
    };

    [Theory]
    [MemberData(nameof(Projects.All), MemberType = typeof(Projects))]
    public void Files_AreMadeInOnePlace(string project) =>
        Assert.Empty(FileCalls.TypesIn(Projects.FileOf(project)).Except(Allowed.Keys));

    [Fact]
    public void Allowed_AreAllThere()
    {
        var found = Projects.All.SelectMany(static row => FileCalls.TypesIn(Projects.FileOf(row.Data))).ToHashSet();

        Assert.Equal(Allowed.Keys.Order(), found.Order());
    }
}
