namespace MemoryTriggers.Build;

/// <summary>Two projects, of which one uses the other, built three times: at first, without a change, and with a change in the one that is used.</summary>
public sealed class TwoProjects : IAsyncLifetime
{
    private readonly UserFolder _folder = new();

    internal BuildOutput First { get; private set; } = null!;

    internal BuildOutput Unchanged { get; private set; } = null!;

    internal BuildOutput Touched { get; private set; } = null!;

    /// <summary>The used project's assembly after the first build and after the second.</summary>
    internal (byte[] First, byte[] Second) Assemblies { get; private set; }

    public async ValueTask InitializeAsync()
    {
        _folder.AddProject("Library", Source.Pusher);
        _folder.AddProject(
            "Program",
            """Console.WriteLine(Runner.Run()); class Runner { [MemoryTriggers.WorkflowMemoryTrigger] public static int Run() => Shop.Pusher.Push("main"); }""",
            """<ProjectReference Include="../Library/Library.csproj" />""",
            "<OutputType>Exe</OutputType>");
        First = (await _folder.BuildAsync("Program")).MustSucceed();
        var before = Library();
        Unchanged = (await _folder.BuildAsync("Program", "--no-restore")).MustSucceed();
        Assemblies = (before, Library());
        _folder.Write("Library/Library.cs", Source.Pusher + "// touched");
        Touched = (await _folder.BuildAsync("Program", "--no-restore")).MustSucceed();
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private byte[] Library() => File.ReadAllBytes(_folder.Intermediate("Library", "Library.dll"));
}
