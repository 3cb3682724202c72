using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MemoryTriggers.Capture;

namespace MemoryTriggers.Runtime.Tests.Memories.Sight;

/// <summary>What exercises each row of the table, by its first cell.</summary>
internal static class Doors
{
    private static readonly TriggerDescriptor Method =
        TriggerHub.Describe(new TriggerDefinition { Type = TriggerType.WorkflowCompletion, Operation = "method of sight" });

    private static CancellationToken Token => World.Token;

    public static IReadOnlyDictionary<string, Door> All { get; } = new Dictionary<string, Door>
    {
        ["a decorated method"] = new Writing(static _ =>
        {
            if (TriggerHub.Begin(Method) is { } record) TriggerHub.End(record);
            return Task.CompletedTask;
        }),
        ["TriggerScope"] = new Writing(static async _ =>
        {
            await using (TriggerScope.Workflow("scope")) await Task.Yield();
        }),
        ["MemoryHooks"] = new Writing(static async world => await world.Service.Hooks.OnDecisionPointAsync("a", "b", Token)),
        ["AsyncMemoryCollector.CollectAsync"] = new Writing(static async world =>
            await world.Service.Collector.CollectAsync(World.Category, "collected", cancellationToken: Token)),
        ["MemoryModule.CreateAsync"] = new Writing(static async world => await world.Memory.CreateAsync(new() { Key = World.Key }, Token)),
        ["MemoryModule.CreateManyAsync"] = new Writing(static async world =>
            await world.Memory.CreateManyAsync([new() { Key = World.Key }], Token)),
        ["MemoryModule.GetAsync"] = new ById(static async (world, id, scope) => (scope is null
            ? await world.Memory.GetAsync(id, Token)
            : await world.Memory.GetAsync(id, scope, Token)) is not null),
        ["MemoryModule.UpdateAsync"] = new ById(static async (world, id, scope) =>
        {
            var update = new MemoryUpdate { Content = "changed" };
            var done = scope is null
                ? await world.Memory.UpdateAsync(id, update, Token)
                : await world.Memory.UpdateAsync(id, update, scope, Token);
            Assert.Equal(done, (await world.Store.GetAsync(id, Token))!.Content == "changed");
            return done;
        }),
        ["MemoryModule.DeleteAsync"] = new ById(static async (world, id, scope) =>
        {
            var done = scope is null ? await world.Memory.DeleteAsync(id, Token) : await world.Memory.DeleteAsync(id, scope, Token);
            Assert.Equal(done, await world.Store.GetAsync(id, Token) is null);
            return done;
        }),
        ["MemoryModule.SupersedeAsync"] = new ById(static async (world, id, scope) =>
        {
            // Another memory that is seen wherever the first one is: what decides is the one that is replaced.
            var original = (await world.Store.GetAsync(id, Token))!;
            var successor = original with { Id = TestKit.Any.Id(), Content = "successor" };
            await world.Store.StoreAsync([successor], Token);
            var done = scope is null
                ? await world.Memory.SupersedeAsync(id, successor.Id, Token)
                : await world.Memory.SupersedeAsync(id, successor.Id, scope, Token);
            Assert.Equal(done, (await world.Store.GetAsync(id, Token))!.SupersededBy == successor.Id);
            return done;
        }),
        ["MemoryModule.GetHistoryAsync"] = new ById(static async (world, id, scope) => (scope is null
            ? await world.Memory.GetHistoryAsync(id, Token)
            : await world.Memory.GetHistoryAsync(id, scope, Token)).Count > 0),
        ["MemoryModule.GetAsOfAsync"] = new ById(static async (world, id, scope) => (scope is null
            ? await world.Memory.GetAsOfAsync(id, DateTimeOffset.MaxValue, Token)
            : await world.Memory.GetAsOfAsync(id, DateTimeOffset.MaxValue, scope, Token)) is not null),
        ["MemoryModule.GetByKeyAsync"] = new Reading(static async (world, query) =>
            Labels(await world.Memory.GetByKeyAsync(World.Key, query, Token))) { IsSingle = true },
        ["MemoryModule.GetByCategoryAsync"] = new Reading(static async (world, _) =>
            Labels(await world.Memory.GetByCategoryAsync(World.Category, cancellationToken: Token).ToListAsync(Token))) { TakesQuery = false },
        ["MemoryModule.GetByEntityAsync"] = new Reading(static async (world, _) =>
            Labels(await world.Memory.GetByEntityAsync("note", "n-1", cancellationToken: Token).ToListAsync(Token))) { TakesQuery = false },
        ["MemoryModule.GetByTagsAsync"] = new Reading(static async (world, _) =>
            Labels(await world.Memory.GetByTagsAsync(["note"], cancellationToken: Token).ToListAsync(Token))) { TakesQuery = false },
        ["MemoryModule.GetSessionAsync"] = new Reading(static async (world, _) =>
            Labels(await world.Memory.GetSessionAsync(World.Session, cancellationToken: Token).ToListAsync(Token))) { TakesQuery = false },
        ["MemoryModule.SearchAsync"] = new Reading(static async (world, query) =>
        {
            var listed = Labels(await world.Memory.SearchAsync(query ?? new(), Token)).ToList();
            Assert.Equal(listed.Order(), (await world.Memory.SearchAsync("note", query, Token)).Select(static hit => hit.Entry.Content).Order());
            return listed;
        }),
        ["MemoryModule.GetStatisticsAsync"] = new Reading(static async (world, query) =>
            Count((await world.Memory.GetStatisticsAsync(query, Token)).Total)) { Counts = true },
        ["MemoryModule.ReadAllAsync"] = new Reading(static async (world, query) =>
            Labels(await world.Memory.ReadAllAsync(query, Token).ToListAsync(Token))),
        ["MemoryModule.ExportAsync"] = new Reading(static async (world, query) =>
        {
            using var file = new MemoryStream();
            await world.Memory.ExportAsync(file, query, cancellationToken: Token);
            return Encoding.UTF8.GetString(file.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(static line => JsonElement.Parse(line).GetProperty("content").GetString()!);
        }),
        ["MemoryModule.ImportAsync"] = new ById(static async (world, id, scope) =>
        {
            using var all = new MemoryStream();
            await world.StoredMemory.ExportAsync(all, new() { AllProjects = true, AllUsers = true }, cancellationToken: Token);
            var line = Encoding.UTF8.GetString(all.ToArray()).Split('\n').Single(line => line.Contains(id.ToString(), StringComparison.Ordinal));
            var changed = Encoding.UTF8.GetBytes(line.Replace("\"note\"", "\"imported\"", StringComparison.Ordinal));
            var (stored, kept, _) = await world.Memory.ImportAsync(new MemoryStream(changed), new() { Scope = scope }, cancellationToken: Token);
            Assert.Equal(1, stored + kept);
            Assert.Equal(stored == 1, (await world.Store.GetAsync(id, Token))!.Key == "imported");
            return stored == 1;
        }),
        ["MemoryModule.DeleteManyAsync"] = new Reading(static async (world, query) =>
            await DeletedAsync(world, () => world.Memory.DeleteManyAsync((query ?? new()) with { Category = World.Category }, Token))),
        ["MemoryModule.ClearAllAsync"] = new Reading(static async (world, query) => await DeletedAsync(world, () => query is null
            ? world.Memory.ClearAllAsync(MemoryModule.ClearConfirmation, Token)
            : world.Memory.ClearAllAsync(MemoryModule.ClearConfirmation, query, Token))),
        ["MemoryModule.SetAsync"] = new Writing(static async world =>
            await world.Memory.SetAsync(new MemoryDraft { Key = "new", Value = Json("new") }, Token)),
        ["MemoryModule.SetDeviceAsync"] = new Writing(static async world => await world.Memory.SetDeviceAsync(Json("new"), Token)),
        ["MemoryModule.GetDeviceAsync"] = new Reading(static async (world, _) => Labels(await world.Memory.GetDeviceAsync(Token)))
        {
            Seed = static entry => entry with { Category = "devices", Key = "device_info", EntityType = "device" },
            IsSingle = true, TakesQuery = false,
        },
        ["MemoryPreferences.SetAsync"] = new Writing(static async world =>
            await world.Memory.Preferences.SetAsync(World.Key, Json("new"), Token)),
        ["MemoryPreferences.GetAsync"] = new Reading(static async (world, _) =>
            Labels(await world.Memory.Preferences.GetAsync(World.Key, Token))) { Seed = Preference, IsSingle = true, TakesQuery = false },
        ["MemoryPreferences.GetAllAsync"] = new Reading(static async (world, _) =>
            (await world.Memory.Preferences.GetAllAsync(Token)).Values.SelectMany(static value => Labels(value)))
        {
            Seed = Preference, IsSingle = true, TakesQuery = false,
        },
        ["MemoryPreferences.RemoveAsync"] = new Reading(static async (world, _) =>
            await DeletedAsync(world, async () => await world.Memory.Preferences.RemoveAsync(World.Key, Token) ? 1 : 0))
        {
            Seed = Preference, IsSingle = true, TakesQuery = false,
        },
        ["MemoryTasks.RecordAsync"] = new Writing(static async world => await world.Memory.Tasks.RecordAsync("t-2", Json("new"), cancellationToken: Token)),
        ["MemoryTasks.GetAsync"] = new Reading(static async (world, _) => Labels(await world.Memory.Tasks.GetAsync("t-1", Token)))
        {
            Seed = OfTask, IsSingle = true, TakesQuery = false,
        },
        ["MemoryTasks.GetHistoryAsync"] = new Reading(static async (world, _) =>
            Labels(await world.Memory.Tasks.GetHistoryAsync("t-1", cancellationToken: Token).ToListAsync(Token))) { Seed = OfTask, TakesQuery = false },
        ["MemoryErrors.GetAsync"] = new Reading(static async (world, query) => Count((query is null
            ? await world.Memory.Errors.GetAsync(World.Error, Token)
            : await world.Memory.Errors.GetAsync(World.Error, query, Token))?.Occurrences ?? 0)) { Seed = Failure, Counts = true },
        ["MemoryErrors.GetOccurrencesAsync"] = new Reading(static async (world, _) =>
            Labels(await world.Memory.Errors.GetOccurrencesAsync(World.Error, Token).ToListAsync(Token))) { Seed = Failure, TakesQuery = false },
        ["MemoryErrors.GetResolutionsAsync"] = new Reading(static async (world, _) =>
            Labels(await world.Memory.Errors.GetResolutionsAsync(World.Error, Token).ToListAsync(Token))) { Seed = Failure, TakesQuery = false },
        ["MemoryErrors.GetCoincidencesAsync"] = new Reading(static async (world, _) =>
            Labels(await world.Memory.Errors.GetCoincidencesAsync(World.Error, Token).ToListAsync(Token))) { Seed = Failure, TakesQuery = false },
        ["MemoryErrors.ListAsync"] = new Reading(static async (world, query) =>
            Count((await world.Memory.Errors.ListAsync(query, Token).ToListAsync(Token)).Sum(static error => error.Occurrences)))
        {
            Seed = Failure, Counts = true,
        },
        ["MemoryErrors.ResolveAsync"] = new Writing(static async world =>
            await world.Memory.Errors.ResolveAsync(World.Error, "a larger pool", cancellationToken: Token)),
        ["auto recall of an error"] = new Reading(static (_, _) =>
        {
            var record = TriggerHub.BeginFlow(Method)!;
            record.Exception(Thrown());
            var known = record.Recalled?.Occurrences ?? 0;
            TriggerHub.Suspend(record);
            TriggerHub.Discard(record);
            return Task.FromResult(Count(known));
        })
        {
            Seed = static entry => Failure(entry) with { Tags = [ErrorFingerprint.Of(Thrown()).ErrorTag] },
            Counts = true, TakesQuery = false,
        },
        ["IMemoryRecall.GetAsync"] = new ById(static async (world, id, scope) => (scope is null
            ? await world.Recall.GetAsync(id, Token)
            : await world.Recall.GetAsync(id, scope, Token)) is not null),
        ["IMemoryRecall.GetManyAsync"] = new ById(static async (world, id, scope) => (scope is null
            ? await world.Recall.GetManyAsync([id], Token)
            : await world.Recall.GetManyAsync([id], scope, Token)).Count > 0),
        ["IMemoryRecall.GetByKeyAsync"] = new Reading(static async (world, query) =>
            Labels(await world.Recall.GetByKeyAsync(World.Key, query, Token))) { IsSingle = true },
        ["IMemoryRecall.ListAsync"] = new Reading(static async (world, query) => Labels(await world.Recall.ListAsync(query, Token))),
        ["IMemoryRecall.SearchAsync"] = new Reading(static async (world, query) =>
            (await world.Recall.SearchAsync("note", query, Token)).Select(static hit => hit.Entry.Content)),
        ["IMemoryRecall.SearchCompactAsync"] = new Reading(static async (world, query) =>
            (await world.Recall.SearchCompactAsync("note", query, Token)).Select(static hit => hit.Line)),
        ["IMemoryRecall.CountAsync"] = new Reading(static async (world, query) => Count(await world.Recall.CountAsync(query, Token)))
        {
            Counts = true,
        },
        ["policy action create_memory"] = new OnBehalf(ActionDoors.CreatesAsync),
        ["policy action recall_memory"] = new OnBehalf(ActionDoors.RecallsAsync),
        ["policy action update_memory"] = new OnBehalf(static (world, record) => ActionDoors.ReachesAsync(world, record, "update_memory")),
        ["policy action archive_memory"] = new OnBehalf(static (world, record) => ActionDoors.ReachesAsync(world, record, "archive_memory")),
        ["policy action delete_memory"] = new OnBehalf(static (world, record) => ActionDoors.ReachesAsync(world, record, "delete_memory")),
        ["an IPolicyAction of the program"] = new OnBehalf(ActionDoors.CustomAsync),
    };

    private static InvalidTimeZoneException Thrown() => new("no such zone");

    private static JsonElement Json(string text) => MemoryValue.Of(JsonValue.Create(text));

    private static MemoryEntry Preference(MemoryEntry entry) => entry with { Category = "preferences", EntityType = "user_preference" };

    private static MemoryEntry OfTask(MemoryEntry entry) => entry with
    {
        Category = "tasks", Key = "task_t-1", EntityType = "task", EntityId = "t-1",
    };

    private static MemoryEntry Failure(MemoryEntry entry) => entry with
    {
        Outcome = TriggerOutcome.Failure, Tags = [World.Error.ErrorTag, World.Error.ResolutionTag, World.Error.CoincidenceTag],
    };

    private static IEnumerable<string> Labels(IEnumerable<MemoryEntry> entries) => entries.Select(static entry => entry.Content);

    private static IEnumerable<string> Labels(MemoryEntry? entry) => entry is null ? [] : [entry.Content];

    private static IEnumerable<string> Labels(JsonElement? value) => value is { } given ? [given.GetString()!] : [];

    private static IEnumerable<string> Count(long count) => Enumerable.Repeat("", (int)count);

    private static async Task<IEnumerable<string>> DeletedAsync(World world, Func<ValueTask<long>> delete)
    {
        var before = await world.AllAsync();
        var deleted = await delete();
        var left = (await world.AllAsync()).Select(static entry => entry.Id).ToHashSet();
        var gone = before.Where(entry => !left.Contains(entry.Id)).ToList();
        Assert.Equal(gone.Count, deleted);
        await world.Store.StoreAsync(gone, Token);
        return Labels(gone);
    }
}
