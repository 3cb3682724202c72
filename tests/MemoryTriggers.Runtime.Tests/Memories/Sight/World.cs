using MemoryTriggers.Recall;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Runtime.Tests.Memories.Sight;

/// <summary>A service of the project <c>shop</c>, over a store with memories of three projects and three users.</summary>
internal sealed class World : IAsyncDisposable
{
    public const string Category = "sight";
    public const string Key = "note";
    public const string Session = "s-1";

    public static readonly string[] Projects = ["shop", "alpha", "beta"];
    public static readonly string?[] Users = [null, "ann", "bob"];

    private readonly TemporaryDirectory _directory = new();

    public InMemoryMemoryBackend Store { get; } = new();

    public MemoryTriggerService Service { get; private set; } = null!;

    public MemoryModule Memory => Service.Memory;

    /// <summary>The memories of the store itself, without the layers of the service.</summary>
    public MemoryModule StoredMemory => new(Store, new MemoryRecall(Store, null, TimeProvider.System), null, TimeProvider.System);

    public IMemoryRecall Recall => Service.Recall;

    public List<MemoryEntry> Seeded { get; } = [];

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static ErrorFingerprint Error { get; } = ErrorFingerprint.TryParse("0123456789abcdef", out var parsed) ? parsed : default;

    public static async Task<World> StartAsync(string? project = "shop")
    {
        var world = new World();
        world.Service = await MemoryTriggerService.StartAsync(
            options =>
            {
                (options.DataDirectory, options.Project) = (world._directory.Path, project);
                (options.AutoRecall.Enabled, options.AutoRecall.Budget) = (true, TimeSpan.FromSeconds(10));
            },
            world.Store, new CollectingLoggers(out _), Token);
        return world;
    }

    public static string Label(string project, string? user) => $"{project}/{user ?? "none"}";

    /// <summary>Empties the store.</summary>
    public async Task ResetAsync()
    {
        Seeded.Clear();
        await Store.DeleteManyAsync(new() { AllProjects = true }, Token);
    }

    /// <summary>One memory for each project and user; those of <c>bob</c> in <c>beta</c> are the newest.</summary>
    public async Task SeedAsync(Func<MemoryEntry, MemoryEntry> change)
    {
        foreach (var project in Projects)
            foreach (var user in Users)
            {
                var entry = Any.Entry(Label(project, user));
                Seeded.Add(change(entry with
                {
                    Project = project, Category = Category, Key = Key, EntityType = "note", EntityId = "n-1", Tags = ["note"],
                    Value = MemoryValue.Of(System.Text.Json.Nodes.JsonValue.Create(entry.Content)),
                    Provenance = new() { UserId = user, SessionId = Session },
                }));
            }

        await Store.StoreAsync(Seeded, Token);
    }

    /// <summary>All memories of the store, newest first.</summary>
    public ValueTask<IReadOnlyList<MemoryEntry>> AllAsync() => Store.QueryAsync(new() { AllProjects = true, Limit = 1_000 }, Token);

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        _directory.Dispose();
    }
}
