using System.Text.Json;

namespace MemoryTriggers.Documents.Examples;

/// <summary>The examples of the document about persistent memory, in C#.</summary>
public sealed class PersistentMemoryTests : IDisposable
{
    private readonly ExampleFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("sqlite")]
    [InlineData("json")]
    public async Task Memory_IsCreatedReadChangedAndDeleted(string backendType)
    {
        await using var memory = await MemoryModule.OpenAsync(_folder.Path, backendType, cancellationToken: Token);
        var id = await memory.CreateAsync(new MemoryDraft
        {
            Category = "preferences",
            Key = "theme",
            Value = MemoryValue.Of(new { mode = "dark" }),
            EntityType = "user_preference",
            Tags = ["ui", "important"],
            Module = "ui_module",
            TaskId = "task_123",
        }, Token);

        Assert.Equal(("ui_module", "task_123"), Provenance(await memory.GetAsync(id, Token)));
        Assert.Equal(id, (await memory.GetByKeyAsync("theme", cancellationToken: Token))?.Id);
        Assert.Equal(1, await memory.GetByCategoryAsync("preferences", Token).CountAsync(Token));
        Assert.Equal(1, await memory.GetByEntityAsync("user_preference", cancellationToken: Token).CountAsync(Token));
        Assert.Equal(1, await memory.GetByTagsAsync(["important", "urgent"], Token).CountAsync(Token));
        Assert.Single(await memory.SearchAsync(new MemoryQuery { Category = "preferences", EntityType = "user_preference", AnyTags = ["ui"] }, Token));

        Assert.True(await memory.UpdateAsync(id, new() { Value = MemoryValue.Of(new { mode = "light" }), Tags = ["ui", "updated"], Module = "ui_module" }, Token));
        Assert.Equal("light", (await memory.GetAsync(id, Token))!.Value.GetProperty("mode").GetString());
        Assert.True(await memory.DeleteAsync(id, Token));
        Assert.Null(await memory.GetAsync(id, Token));

        static (string, string) Provenance(MemoryEntry? entry) => (entry!.Provenance.Module, entry.Provenance.TaskId);
    }

    [Fact]
    public async Task PreferencesTasksAndDevice_OutliveTheSession()
    {
        await using (var memory = await MemoryModule.OpenAsync(_folder.Path, cancellationToken: Token))
        {
            await memory.Preferences.SetAsync("theme", new { mode = "dark" }, Token);
            await memory.SetDeviceAsync(new { name = "laptop", os = "linux" }, Token);
            await ExecuteAsync(memory, "task_1", static () => 45);
            await ExecuteAsync(memory, "task_2", static () => throw new InvalidOperationException("no such table"));
        }

        await using var next = await MemoryModule.OpenAsync(_folder.Path, cancellationToken: Token);
        Assert.Equal("dark", (await next.Preferences.GetAllAsync(Token))["theme"].GetProperty("mode").GetString());
        Assert.Equal("laptop", (await next.GetDeviceAsync(Token))!.Value.GetProperty("name").GetString());
        var tasks = await next.Tasks.GetHistoryAsync(cancellationToken: Token).Take(10).ToListAsync(Token);
        Assert.Equal(["failed", "completed"], tasks.Select(static task => task.Value.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Tool_IsLearnedAndRecalled()
    {
        await using var memory = await MemoryModule.OpenAsync(_folder.Path, cancellationToken: Token);

        await LearnAsync(memory, "grep", MemoryValue.Of(new { purpose = "search" }));

        var known = await memory.GetByKeyAsync("tool_grep", cancellationToken: Token);
        Assert.Equal("search", known?.Value.GetProperty("purpose").GetString());
    }

    [Fact]
    public async Task OldTasks_AreCleanedUp()
    {
        await using var memory = await MemoryModule.OpenAsync(_folder.Path, cancellationToken: Token);
        await memory.Tasks.RecordAsync("task_1", MemoryValue.Of(new { status = "completed" }), ["archived"], Token);

        Assert.Equal(1, await memory.DeleteManyAsync(new() { Category = "tasks", AnyTags = ["archived"] }, Token));
        Assert.Equal(0, await memory.ClearAllAsync(MemoryModule.ClearConfirmation, Token));
    }

    private static async Task ExecuteAsync(MemoryModule memory, string id, Func<int> task)
    {
        try
        {
            await memory.Tasks.RecordAsync(id, MemoryValue.Of(new { status = "completed", result = task() }), ["executed"], Token);
        }
        catch (InvalidOperationException exception)
        {
            await memory.Tasks.RecordAsync(id, MemoryValue.Of(new { status = "failed", error = exception.Message }), ["failed"], Token);
        }
    }

    private static async Task LearnAsync(MemoryModule memory, string tool, JsonElement information) => await memory.CreateAsync(new MemoryDraft
    {
        Category = "tools",
        Key = $"tool_{tool}",
        Value = information,
        EntityType = "tool",
        EntityId = tool,
        Tags = ["learned", "tool"],
        Module = "tool_teaching_module",
    }, Token);
}
