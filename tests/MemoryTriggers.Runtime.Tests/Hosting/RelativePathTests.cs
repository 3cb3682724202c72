using System.Reflection;
using MemoryTriggers.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Hosting;

/// <summary>A relative path of an option begins at the data folder, whichever option, store and door.</summary>
public sealed class RelativePathTests : IDisposable
{
    // No test may depend on the current directory, and none may leave anything there.
    private readonly string _name = $"relative-{Guid.NewGuid():N}";
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static readonly Dictionary<string, Action<MemoryTriggersOptions, string>> Options = new()
    {
        ["Sqlite.Path"] = static (options, path) => options.Sqlite.Path = path,
        ["Journal.Directory"] = static (options, path) => options.Journal.Directory = path,
        ["Protection.KeyFile"] = static (options, path) => options.Protection.KeyFile = path,
        ["Retention.ArchiveDirectory"] = static (options, path) =>
        {
            options.Retention.ArchiveDirectory = path;
            options.Retention.Enabled = true;
        },
    };

    public static TheoryData<string> Paths => [.. Options.Keys];

    public static TheoryData<string> Stores => ["sqlite", "json", "chain", "chain in a chain", "balanced", "decorated"];

    public void Dispose()
    {
        Assert.False(Path.Exists(_name), "something is in the current directory");
        _directory.Dispose();
    }

    [Fact]
    public void Table_HasEveryOptionThatIsAPath()
    {
        // The root itself, and the policies, which come with the program: docs/configuration.md.
        string[] others = ["DataDirectory", "Policies.File"];

        Assert.Equal(Options.Keys.Concat(others).Order(StringComparer.Ordinal), PathsOf(typeof(MemoryTriggersOptions), "").Order(StringComparer.Ordinal));
    }

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Paths))]
    public async Task Option_IsRelative_BeginsAtTheDataFolder(string option)
    {
        if (option == "Protection.KeyFile") await File.WriteAllTextAsync(_directory.File(_name), EncryptionKey.Generate("k"), Token);
        await using var memory = await MemoryTriggerService.StartAsync(
            options =>
            {
                options.DataDirectory = _directory.Path;
                Options[option](options, _name);
            },
            cancellationToken: Token);
        await memory.Memory.CreateAsync(new MemoryDraft { Key = "k", Content = "line", TimeToLive = TimeSpan.FromTicks(1) }, Token);

        await memory.Memory.CleanUpAsync(cancellationToken: Token);

        Assert.True(Path.Exists(_directory.File(_name)));
    }

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Stores))]
    public async Task StoreOfTheProgram_IsRelative_BeginsAtTheDataFolder(string store)
    {
        var backend = Store(store);
        await using (var memory = await MemoryTriggerService.StartAsync(
            options => options.DataDirectory = _directory.Path, backend, cancellationToken: Token))
            await memory.Memory.CreateAsync(new MemoryDraft { Key = "k", Content = "line" }, Token);

        Assert.True(File.Exists(_directory.File(Path.Combine(_name, "memory"))));
        Assert.Equal(store.StartsWith("chain", StringComparison.Ordinal), File.Exists(_directory.File(Path.Combine(_name, "backlog"))));
    }

    [Fact(Timeout = 60_000)]
    public async Task UseBackendChain_IsRelative_BeginsAtTheDataFolder()
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddMemoryTriggers(options => options.DataDirectory = _directory.Path).UseBackendChain(
            _ => [Sqlite(), new InMemoryMemoryBackend()], options => options.BacklogPath = Path.Combine(_name, "backlog"));
        using var host = builder.Build();
        await host.StartAsync(Token);
        await host.StopAsync(Token);

        Assert.True(File.Exists(_directory.File(Path.Combine(_name, "memory"))));
        Assert.True(File.Exists(_directory.File(Path.Combine(_name, "backlog"))));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("backend: {backend_settings: {local_storage_path: NAME}}", "memory.db")]
    [InlineData("backend: {backend_type: hybrid, backend_settings: {local_storage_path: NAME, host: \"http://127.0.0.1:9\"}}",
        "memory.db")]
    [InlineData("journal: {directory: NAME}", "0")]
    public async Task Key_IsRelative_BeginsAtTheDataFolder(string yaml, string file)
    {
        await File.WriteAllTextAsync(
            _directory.File("memory.yaml"),
            $"environment: production\nglobal_enabled: true\n{yaml.Replace("NAME", _name, StringComparison.Ordinal)}\n", Token);
        var configuration = new ConfigurationBuilder().AddMemoryTriggersYaml(_directory.File("memory.yaml")).Build();

        // The data folder may be known only after the file.
        await using var memory = await MemoryTriggerService.StartAsync(
            options => options.Use(configuration).DataDirectory = _directory.Path, cancellationToken: Token);

        Assert.True(Path.Exists(_directory.File(Path.Combine(_name, file))));
    }

    [Fact(Timeout = 60_000)]
    public async Task StoreWithoutARuntime_IsRelative_BeginsAtTheCurrentDirectory()
    {
        var path = Path.GetRelativePath(Environment.CurrentDirectory, _directory.File("alone.db"));
        await using var store = new SqliteMemoryBackend(new() { Path = path }, NullLogger.Instance, TimeProvider.System);

        await store.InitializeAsync(Token);

        Assert.True(File.Exists(_directory.File("alone.db")));
    }

    private IMemoryBackend Store(string kind) => kind switch
    {
        "sqlite" => Sqlite(),
        "json" => new JsonFileMemoryBackend(new() { Path = Path.Combine(_name, "memory") }, NullLogger.Instance, TimeProvider.System),
        "chain" => Chain(Sqlite(), Path.Combine(_name, "backlog")),
        "chain in a chain" => Chain(Chain(Sqlite(), Path.Combine(_name, "backlog")), null),
        "balanced" => new BalancedBackend([Sqlite()], new(), NullLogger.Instance, TimeProvider.System),
        _ => new Decorated(Sqlite()),
    };

    private SqliteMemoryBackend Sqlite() => new(new() { Path = Path.Combine(_name, "memory") }, NullLogger.Instance, TimeProvider.System);

    private static BackendChain Chain(IMemoryBackend first, string? backlog) =>
        new([first, new InMemoryMemoryBackend()], new() { BacklogPath = backlog }, NullLogger.Instance, TimeProvider.System);

    private static IEnumerable<string> PathsOf(Type type, string prefix)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.PropertyType == typeof(string) &&
                (property.Name is "Path" or "File" || property.Name.EndsWith("Path", StringComparison.Ordinal) ||
                property.Name.EndsWith("File", StringComparison.Ordinal) || property.Name.EndsWith("Directory", StringComparison.Ordinal) ||
                property.Name.EndsWith("Folder", StringComparison.Ordinal)))
            {
                yield return prefix + property.Name;
            }
            else if (property.PropertyType.Name.EndsWith("Options", StringComparison.Ordinal))
            {
                foreach (var path in PathsOf(property.PropertyType, $"{prefix}{property.Name}.")) yield return path;
            }
        }
    }

    private sealed class Decorated(IMemoryBackend inner) : DelegatingMemoryBackend(inner);
}
