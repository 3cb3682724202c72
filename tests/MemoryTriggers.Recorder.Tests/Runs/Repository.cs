using System.Xml.Linq;
using MemoryTriggers.Build;
using MemoryTriggers.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Runs;

/// <summary>A repository of somebody's, whose builds and tests are remembered in a folder beside it.</summary>
internal sealed class Repository : IDisposable
{
    private static readonly string Configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
    private readonly TemporaryDirectory _directory = new();

    public Repository() => Directory.CreateDirectory(Path.Combine(Root, ".git"));

    public string Data => _directory.File("data");

    /// <summary>The settings of a logger. The wait is for a machine that is busy with other things: it ends with the recorder.</summary>
    public string Settings => $"Data={Data};Wait=60";

    private string Root => _directory.File("shop");

    /// <summary>The folder of a logger, as the build leaves it and the package has it.</summary>
    public static string Logger(string name) => Path.Combine(RepositoryRoot.Path, "artifacts", "bin", name, Configuration);

    /// <summary>References to packages, of the versions that are used here.</summary>
    public static string Packages(params string[] names)
    {
        var versions = XDocument.Load(Path.Combine(RepositoryRoot.Path, "Directory.Packages.props")).Descendants("PackageVersion")
            .ToDictionary(static item => item.Attribute("Include")!.Value, static item => item.Attribute("Version")!.Value);
        return string.Concat(names.Select(name => $"""<PackageReference Include="{name}" Version="{versions[name]}" />"""));
    }

    public void Write(string file, string text)
    {
        var path = Path.Combine(Root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public Task<BuildOutput> RunAsync(params string[] arguments) => Dotnet.RunAsync(Root, arguments);

    public Task<BuildOutput> RunWithAsync(string variable, string value, params string[] arguments) =>
        Dotnet.RunAsync(Root, new Dictionary<string, string> { [variable] = value }, arguments);

    /// <summary>What is remembered once so many runs are, oldest first. A recorder stores after its run is gone: its own memory is the last that it stores.</summary>
    public async Task<IReadOnlyList<MemoryEntry>> ReadAsync(int runs)
    {
        var token = TestContext.Current.CancellationToken;
        await using var store = new SqliteMemoryBackend(new SqliteBackendOptions { Path = Path.Combine(Data, "memory.db") }, NullLogger.Instance, TimeProvider.System);
        await store.InitializeAsync(token);
        while (true)
        {
            var entries = await store.QueryAsync(new MemoryQuery { AllProjects = true, Limit = MemoryQuery.MaxLimit }, token);
            if (entries.Count(static entry => entry.Tags.Contains("build-run") || entry.Tags.Contains("test-run")) >= runs) return [.. entries.Reverse()];
            await Task.Yield();
        }
    }

    public void Dispose() => _directory.Dispose();
}
