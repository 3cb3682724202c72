using System.Reflection;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Runtime.Tests.Memories.Sight;

/// <summary>Walks the table of docs/who-sees-what.md: two tenants, two users, every door.</summary>
[Collection(nameof(ProcessWide))]
public sealed class WhoSeesWhatTests
{
    private static readonly MemoryQuery Everything = new() { AllProjects = true, AllUsers = true, Limit = 100 };

    // What neither writes nor finds memories of a project or user.
    private static readonly string[] NoDoors =
    [
        "MemoryModule.BeginSession", "MemoryModule.CleanUpAsync", "MemoryModule.DisposeAsync", "MemoryModule.OpenAsync",
        "MemoryModule.RotateKeysAsync", "AsyncMemoryCollector.FlushAsync", "AsyncMemoryCollector.GetStatistics",
    ];

    private static readonly (string? Project, string? User)[] Contexts =
        [(null, null), ("beta", null), (null, "ann"), ("beta", "ann"), ("alpha", "bob")];

    private static CancellationToken Token => World.Token;

    public static TheoryData<string> RowsOf(string kind) =>
        [.. SightTable.Rows.Select(static row => row.Door).Where(door => Doors.All.TryGetValue(door, out var found) && found.GetType().Name == kind)];

    [Fact]
    public void Table_EveryRowIsWalkedAndEveryDoorHasARow()
    {
        var rows = SightTable.Rows.Select(static row => row.Door).ToList();
        Type[] types = [typeof(MemoryModule), typeof(MemoryPreferences), typeof(MemoryTasks), typeof(MemoryErrors), typeof(IMemoryRecall),
            typeof(AsyncMemoryCollector)];
        var methods = types.SelectMany(static type => type
            .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(static method => !method.IsSpecialName).Select(method => $"{type.Name}.{method.Name}")).Distinct();
        var actions = PolicyActionTypes.All.Where(static type => type.EndsWith("_memory", StringComparison.Ordinal))
            .Select(static type => $"policy action {type}");

        Assert.Equal(rows.Order(), Doors.All.Keys.Order());
        Assert.Empty(methods.Except(NoDoors).Concat(actions).Except(rows));
        Assert.Empty(NoDoors.Except(methods));
    }

    [Theory]
    [MemberData(nameof(RowsOf), nameof(Writing))]
    public async Task Write_InEachContext_IsOfItsProjectUserAndSession(string door)
    {
        var (row, writing) = (Row(door), (Writing)Doors.All[door]);
        await using var world = await World.StartAsync();
        foreach (var (project, user) in Contexts)
        {
            await world.ResetAsync();
            using (MemoryContext.Begin(new() { Project = project, UserId = user, SessionId = user is null ? null : "s-9" }))
                await writing.Write(world);
            await world.Service.FlushAsync(cancellationToken: Token);

            var made = Assert.Single(await world.AllAsync());
            var written = row.User.EndsWith("none", StringComparison.Ordinal) ? null : user;
            Assert.EndsWith("context, configured", row.Project, StringComparison.Ordinal);
            Assert.EndsWith("context", row.Session, StringComparison.Ordinal);
            Assert.Equal((project ?? "shop", written, user is null ? null : "s-9"),
                (made.Project, made.Provenance.UserId, made.Provenance.SessionId));
        }
    }

    [Theory]
    [MemberData(nameof(RowsOf), nameof(Reading))]
    public async Task Read_InEachContext_SeesItsProjectAndUser(string door)
    {
        var (row, reading) = (Row(door), (Reading)Doors.All[door]);
        await using var world = await World.StartAsync();
        await world.SeedAsync(reading.Seed);
        Assert.EndsWith("context, configured", row.Project, StringComparison.Ordinal);
        foreach (var (project, user) in Contexts)
        {
            using var context = MemoryContext.Begin(new() { Project = project, UserId = user, SessionId = "s-9" });
            var expected = Expected(row.User, project ?? "shop", user);

            AssertFound(reading, expected, await reading.Read(world, null));
            if (!reading.TakesQuery) continue;
            AssertFound(reading, world.Seeded.ConvertAll(static entry => entry.Content), await reading.Read(world, Everything));
            if (row.Session == "filter") AssertFound(reading, expected, await reading.Read(world, new() { SessionId = World.Session }));
            if (row.Session == "filter") Assert.Empty(await reading.Read(world, new() { SessionId = "s-9" }));
        }
    }

    [Theory]
    [MemberData(nameof(RowsOf), nameof(ById))]
    public async Task ById_InEachContext_ReachesItsProjectAndUserOnly(string door)
    {
        var (row, byId) = (Row(door), (ById)Doors.All[door]);
        await using var world = await World.StartAsync();
        foreach (var (project, user) in Contexts)
        {
            await world.ResetAsync();
            await world.SeedAsync(static entry => entry);
            using var context = MemoryContext.Begin(new() { Project = project, UserId = user });

            Assert.Equal(Expected(row.User, project ?? "shop", user), await ReachedAsync(world, byId, null));
        }

        await world.ResetAsync();
        await world.SeedAsync(static entry => entry);
        using var tenant = MemoryContext.Begin(new() { Project = "beta", UserId = "ann" });
        Assert.Equal(9, (await ReachedAsync(world, byId, Everything)).Count);
    }

    [Theory]
    [MemberData(nameof(RowsOf), nameof(OnBehalf))]
    public async Task Action_OnBehalfOfAMemory_IsOfItsProjectAndUser(string door)
    {
        await using var world = await World.StartAsync();
        await world.SeedAsync(static entry => entry);
        var record = Any.Entry() with { Project = "beta", Provenance = new() { UserId = "ann", SessionId = "s-9" } };

        await ((OnBehalf)Doors.All[door]).Check(world, record);
    }

    [Fact]
    public async Task Read_WithoutAnyProject_SeesAll()
    {
        await using var world = await World.StartAsync(project: null);
        await world.SeedAsync(static entry => entry);

        Assert.Equal(9, await world.Recall.CountAsync(cancellationToken: Token));
        Assert.Equal(9, (await world.Memory.GetStatisticsAsync(cancellationToken: Token)).Total);
        Assert.Equal(9, await world.Memory.ClearAllAsync(MemoryModule.ClearConfirmation, Token));
    }

    [Fact]
    public async Task Context_WhereCaptureIsSuppressed_Holds()
    {
        await using var world = await World.StartAsync();
        await world.SeedAsync(static entry => entry);
        using var context = MemoryContext.Begin(new() { Project = "beta" });
        using var quiet = TriggerHub.SuppressCapture();
        using var inner = MemoryContext.Begin(new() { UserId = "ann" });

        Assert.Equal(["beta/ann", "beta/none"], (await world.Recall.ListAsync(cancellationToken: Token)).Select(static entry => entry.Content));
        Assert.Null(TriggerHub.BeginFlow(TriggerHub.Describe(new() { Type = TriggerType.PatternDetection, Operation = "quiet" })));
    }

    [Fact]
    public async Task Preference_OfAUser_LeavesThatOfNoUser()
    {
        await using var world = await World.StartAsync();
        await world.Memory.Preferences.SetAsync("theme", MemoryValue.Of("light"), Token);
        using (MemoryContext.Begin(new() { UserId = "ann" })) await world.Memory.Preferences.SetAsync("theme", MemoryValue.Of("dark"), Token);
        await world.Memory.Preferences.SetAsync("theme", MemoryValue.Of("grey"), Token);

        using (MemoryContext.Begin(new() { UserId = "ann" }))
        {
            Assert.Equal("dark", (await world.Memory.Preferences.GetAsync("theme", Token))!.Value.GetString());
            Assert.True(await world.Memory.Preferences.RemoveAsync("theme", Token));
            Assert.Equal("grey", (await world.Memory.Preferences.GetAsync("theme", Token))!.Value.GetString());
            Assert.False(await world.Memory.Preferences.RemoveAsync("theme", Token));
        }
    }

    [Fact]
    public async Task Start_InsideAContext_LeavesItToTheCaller()
    {
        using var context = MemoryContext.Begin(new() { Project = "beta", UserId = "ann" });
        await using var world = await World.StartAsync();

        Assert.Equal("ann", MemoryContext.Current?.UserId);
        await world.Memory.CreateAsync(new() { Key = "k" }, Token);
        Assert.Equal("beta", Assert.Single(await world.AllAsync()).Project);
    }

    [Fact]
    public async Task Session_OfTheModule_IsThatOfCaptures()
    {
        await using var world = await World.StartAsync();
        using (var session = world.Memory.BeginSession("s-7"))
            await using (TriggerScope.Workflow("w")) Assert.Equal("s-7", MemoryContext.Current?.SessionId);
        await world.Service.FlushAsync(cancellationToken: Token);

        Assert.Equal("s-7", Assert.Single(await world.AllAsync()).Provenance.SessionId);
        Assert.Null(MemoryContext.Current);
    }

    private static SightRow Row(string door) => SightTable.Rows.Single(row => row.Door == door);

    private static List<string> Expected(string cell, string project, string? user)
    {
        string?[] users = cell switch
        {
            "all" => World.Users,
            "context, then none" when user is not null => [user],
            "context, then none" => [null],
            "context only" => [user],
            _ when cell.EndsWith("context and none", StringComparison.Ordinal) => user is null ? World.Users : [null, user],
            _ => throw new InvalidOperationException($"The table has an unknown cell: {cell}"),
        };
        return [.. users.Select(who => World.Label(project, who))];
    }

    // The newest one is the last that was seeded.
    private static void AssertFound(Reading reading, List<string> expected, IEnumerable<string> found)
    {
        if (reading.Counts) Assert.Equal(expected.Count, found.Count());
        else Assert.Equal(reading.IsSingle ? [expected[^1]] : expected.Order(), found.Order());
    }

    private static async Task<List<string>> ReachedAsync(World world, ById door, MemoryQuery? scope)
    {
        var reached = new List<string>();
        foreach (var entry in world.Seeded.ToList())
            if (await door.Reach(world, entry.Id, scope)) reached.Add(entry.Content);
        return reached;
    }
}
