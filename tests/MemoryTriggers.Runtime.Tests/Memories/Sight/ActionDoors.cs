using System.Text.Json;
using System.Text.Json.Nodes;
using MemoryTriggers.Policies;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Runtime.Tests.Memories.Sight;

/// <summary>The actions of policies, each on behalf of a memory of <c>beta</c> and <c>ann</c>, in the context of another one.</summary>
internal static class ActionDoors
{
    private static CancellationToken Token => World.Token;

    public static async Task CreatesAsync(World world, MemoryEntry record)
    {
        var made = Assert.Single(await RunAsync(world, record, "create_memory", new() { ["content"] = "made" }));

        AssertOf(record, (await world.Store.GetAsync(made.Id, Token))!);
    }

    public static async Task RecallsAsync(World world, MemoryEntry record)
    {
        var found = await RunAsync(world, record, "recall_memory", new() { ["query"] = "note", ["limit"] = 100 });

        Assert.Equal(["beta/ann", "beta/none"], found.Select(static entry => entry.Content).Order());
        await ReachesAsync(world, record, "recall_memory");
    }

    public static async Task ReachesAsync(World world, MemoryEntry record, string type)
    {
        var reached = new List<string>();
        foreach (var entry in world.Seeded)
        {
            var before = await world.Store.GetAsync(entry.Id, Token);
            var answer = await RunAsync(world, record, type, new() { ["memory_id"] = entry.Id.ToString(), ["content"] = "changed" });
            var isSame = await world.Store.GetAsync(entry.Id, Token) is { } after && after == before;
            if (answer.Count > 0 || !isSame) reached.Add(entry.Content);
        }

        Assert.Equal(["beta/ann", "beta/none"], reached.Order());
    }

    public static async Task CustomAsync(World world, MemoryEntry record)
    {
        var action = new Remembering(world);

        await RunAsync(world, record, action.Type, [], new CustomActionHandler(action));

        AssertOf(record, (await world.Store.GetAsync(action.Made, Token))!);
        Assert.Equal(["beta/ann", "beta/none"], action.Seen.Order());
    }

    private static void AssertOf(MemoryEntry record, MemoryEntry made) => Assert.Equal(
        (record.Project, record.Provenance.UserId, record.Provenance.SessionId),
        (made.Project, made.Provenance.UserId, made.Provenance.SessionId));

    private static async Task<IReadOnlyList<MemoryEntry>> RunAsync(
        World world, MemoryEntry record, string type, JsonObject parameters, IPolicyActionHandler? custom = null)
    {
        IPolicyActionHandler[] handlers = custom is not null
            ? [custom]
            : [.. PolicyActionRunner.BuiltIn(world.Store, new WebhookClient(new PoliciesOptions()), TimeProvider.System, NullLogger.Instance)];
        var runner = new PolicyActionRunner(new PolicyHarness("rules: {}").Engine, handlers, TimeProvider.System,
            NullLogger<PolicyActionRunner>.Instance);
        var action = new PolicyAction { Type = type };
        var call = new PolicyActionCall("rule", 0, action, JsonElement.Parse(parameters.ToJsonString()), []);
        using var other = MemoryContext.Begin(new() { Project = "alpha", UserId = "bob", SessionId = "s-8" });
        var results = await runner.RunAsync(new PolicyDecision(PolicyVerdict.Allow, record, [], [call]), Token);
        return [.. results.SelectMany(static result => result.Entries)];
    }

    private sealed class Remembering(World world) : IPolicyAction
    {
        public string Type => "remember";

        public Guid Made { get; private set; }

        public List<string> Seen { get; } = [];

        public async ValueTask ExecuteAsync(PolicyActionCall call, MemoryEntry entry, CancellationToken cancellationToken)
        {
            Seen.AddRange((await world.Recall.ListAsync(new() { Category = World.Category }, cancellationToken)).Select(static found => found.Content));
            Made = await world.Memory.CreateAsync(new() { Key = "made", Category = "made" }, cancellationToken);
        }
    }
}
