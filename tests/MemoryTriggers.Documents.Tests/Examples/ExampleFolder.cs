namespace MemoryTriggers.Documents.Examples;

/// <summary>A folder for one example.</summary>
internal sealed class ExampleFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("memory-triggers-example-").FullName;

    public string Write(string name, string text)
    {
        var file = System.IO.Path.Combine(Path, name);
        File.WriteAllText(file, text);
        return file;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
