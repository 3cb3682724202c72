namespace MemoryTriggers.Build;

/// <summary>A project that was built. Each test does it some harm and leaves it built again.</summary>
public sealed class OneProject : IAsyncLifetime
{
    private readonly UserFolder _folder = new();
    private int _edits;

    internal string Assembly => _folder.Intermediate("Library", "Library.dll");

    internal string Symbols => _folder.Intermediate("Library", "Library.pdb");

    internal string Stamp => _folder.Intermediate("Library", "Library.woven");

    internal string Output => _folder.File("Library", "bin", "Debug", "net10.0", "Library.dll");

    public async ValueTask InitializeAsync()
    {
        _folder.AddProject("Library", Source.Pusher, targets: """<Target Name="LoseSymbols" AfterTargets="CoreCompile" Condition="'$(LoseSymbols)' == 'true'"><Delete Files="$(IntermediateOutputPath)Library.pdb" /></Target>""");
        (await _folder.BuildAsync("Library")).MustSucceed();
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    internal Task<BuildOutput> BuildAsync(params string[] arguments) => _folder.BuildAsync("Library", ["--no-restore", .. arguments]);

    /// <summary>Adds a source until the answer is disposed.</summary>
    internal IDisposable With(string source)
    {
        _folder.Write("Library/Added.cs", source);
        return new Removal(_folder.File("Library", "Added.cs"));
    }

    /// <summary>Makes the next build compile, and to other bytes.</summary>
    internal void Edit() => _folder.Write("Library/Edited.cs", $"static class Edited {{ public static int Number => {++_edits}; }}");

    private sealed class Removal(string file) : IDisposable
    {
        public void Dispose() => File.Delete(file);
    }
}
