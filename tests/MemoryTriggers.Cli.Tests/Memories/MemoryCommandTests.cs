using MemoryTriggers.Cli.Tool;
using MemoryTriggers.Cli.Watching;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Cli.Memories;

public sealed class MemoryCommandTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Add_DryRun_ShowsTheMemoryAndKeepsNothing()
    {
        await _folder.StoreAsync(Any.Entry("here"));

        var added = await _folder.RunAsync("memory", "add", "color", "--content", "The color is blue", "--dry-run", "-f", "json");

        Assert.Equal(0, added.ExitCode);
        Assert.Equal("The color is blue", added.Json.GetProperty("would_add").GetProperty("content").GetString());
        await using var store = await _folder.OpenAsync();
        Assert.Equal("here", Assert.Single(await store.QueryAsync(new() { AllProjects = true }, TestContext.Current.CancellationToken)).Content);
    }

    [Fact]
    public async Task Update_DryRun_ShowsTheMemoryAsItWouldBeAndLeavesItAsItWas()
    {
        var entry = Any.Entry("before");
        await _folder.StoreAsync(entry);

        var updated = await _folder.RunAsync("memory", "update", entry.Id.ToString(), "--content", "after", "--dry-run");

        Assert.Equal(0, updated.ExitCode);
        Assert.Contains("Nothing was written", updated.Output, StringComparison.Ordinal);
        Assert.Contains("after", updated.Output, StringComparison.Ordinal);
        await using var store = await _folder.OpenAsync();
        Assert.Equal("before", (await store.GetAsync(entry.Id, TestContext.Current.CancellationToken))!.Content);
    }

    [Fact]
    public async Task Add_ThenGet_IsWhatWasGiven()
    {
        await _folder.StoreAsync();

        var added = await _folder.RunAsync("memory", "add", "theme", "--value", """{"mode":"dark"}""", "--tag", "ui", "--tag", "pref", "--priority", "high", "--project", "shop", "-f", "json");
        var got = await _folder.RunAsync("memory", "get", added.Json.GetProperty("id").GetString()!, "-f", "json");

        Assert.Equal(0, got.ExitCode);
        Assert.Equal("theme", got.Json.GetProperty("key").GetString());
        Assert.Equal("dark", got.Json.GetProperty("value").GetProperty("mode").GetString());
        Assert.Equal(["ui", "pref"], got.Json.GetProperty("tags").EnumerateArray().Select(static tag => tag.GetString()));
        Assert.Equal("high", got.Json.GetProperty("priority").GetString());
        Assert.Equal("shop", got.Json.GetProperty("project").GetString());
    }

    [Fact]
    public async Task Add_ValueFromStandardInput_IsKept()
    {
        await _folder.StoreAsync();

        var added = await _folder.RunWithInputAsync("""{"size":3}""", "memory", "add", "box", "--value", "-");

        await using var store = await _folder.OpenAsync();
        var entry = await store.GetAsync(Guid.Parse(added.Output.Trim()), Token);
        Assert.Equal(3, entry!.Value.GetProperty("size").GetInt32());
    }

    [Fact]
    public async Task Search_Question_GivesTheMemoriesThatAnswerIt()
    {
        await _folder.StoreAsync(Any.Entry("The push to main failed"), Any.Entry("Coffee was made"));

        var found = await _folder.RunAsync("memory", "search", "why", "did", "the", "push", "fail?", "--format", "json");

        Assert.Equal(0, found.ExitCode);
        var hit = Assert.Single(found.Json.EnumerateArray());
        Assert.Equal("The push to main failed", hit.GetProperty("memory").GetProperty("content").GetString());
        Assert.True(hit.GetProperty("score").GetDouble() > 0);
    }

    [Fact]
    public async Task List_Filters_GivesWhatFitsAllOfThem()
    {
        await _folder.StoreAsync(
            Any.Entry("one") with { Outcome = TriggerOutcome.Failure, Tags = ["prod"] },
            Any.Entry("two") with { Outcome = TriggerOutcome.Failure },
            Any.Entry("three") with { Tags = ["prod"] },
            Any.Entry("four") with { Outcome = TriggerOutcome.Failure, Tags = ["prod"], Project = "other" });

        var found = await _folder.RunAsync("memory", "list", "--outcome", "failure", "--tag", "prod", "--project", "shop", "-f", "json");

        Assert.Equal("one", Assert.Single(found.Json.EnumerateArray()).GetProperty("content").GetString());
    }

    [Fact]
    public async Task Update_Value_IsChangedAndKeepsItsHistory()
    {
        var entry = Any.Entry("before");
        await _folder.StoreAsync(entry);

        var updated = await _folder.RunAsync("memory", "update", entry.Id.ToString(), "--content", "after");
        var history = await _folder.RunAsync("memory", "history", entry.Id.ToString(), "-f", "json");

        Assert.Equal(0, updated.ExitCode);
        Assert.Equal(["after", "before"], history.Json.EnumerateArray().Select(static version => version.GetProperty("content").GetString()));
    }

    [Fact]
    public async Task Update_NothingGiven_IsWrongUsage()
    {
        var entry = Any.Entry();
        await _folder.StoreAsync(entry);

        var updated = await _folder.RunAsync("memory", "update", entry.Id.ToString());

        Assert.Equal(2, updated.ExitCode);
    }

    [Theory]
    [InlineData("get")]
    [InlineData("history")]
    [InlineData("delete")]
    public async Task AnyCommand_NoSuchMemory_FailsAndNamesIt(string command)
    {
        await _folder.StoreAsync(Any.Entry());
        var id = Any.Id().ToString();

        var result = await _folder.RunAsync("memory", command, id);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(id, result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task Delete_NobodyToAsk_DeletesNothing()
    {
        var entry = Any.Entry();
        await _folder.StoreAsync(entry);

        var deleted = await _folder.RunAsync("memory", "delete", entry.Id.ToString());

        Assert.Equal(2, deleted.ExitCode);
        await using var store = await _folder.OpenAsync();
        Assert.NotNull(await store.GetAsync(entry.Id, Token));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("n\n", "Nothing was changed.", 1, 1)]
    [InlineData("y\n", "1 memory deleted.", 0, 0)]
    [InlineData("\u0003", "interrupted", 130, 1)]
    public async Task Delete_Asks_DoesWhatIsAnswered(string answer, string says, int exitCode, long left)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "makes a terminal with the command script");
        var entry = Any.Entry();
        await _folder.StoreAsync(entry);

        using var terminal = new WatchingTool(_folder.Shell($"""TERM=dumb script -qec "trap : INT; $tool memory delete {entry.Id}; echo ended \$?" /dev/null"""));
        await terminal.ReadUntilAsync("[y/N]", times: 1, Token);
        await terminal.Process.StandardInput.WriteAsync(answer);
        await terminal.Process.StandardInput.FlushAsync(Token);
        var output = await terminal.Process.StandardOutput.ReadToEndAsync(Token);

        Assert.Contains(says, output, StringComparison.Ordinal);
        Assert.Contains($"ended {exitCode}", output, StringComparison.Ordinal);
        await using var store = await _folder.OpenAsync();
        Assert.Equal(left, await store.CountAsync(new() { AllProjects = true }, Token));
    }

    [Fact]
    public async Task Delete_ByOptions_DeletesWhatFitsAndNothingElse()
    {
        await _folder.StoreAsync(Any.Entry() with { Category = "old" }, Any.Entry() with { Category = "old" }, Any.Entry() with { Category = "new" });

        var dry = await _folder.RunAsync("memory", "delete", "--category", "old", "--dry-run", "-f", "json");
        var deleted = await _folder.RunAsync("memory", "delete", "--category", "old", "--force", "-f", "json");

        Assert.Equal(2, dry.Json.GetProperty("would_delete").GetInt64());
        Assert.Equal(2, deleted.Json.GetProperty("deleted").GetInt64());
        await using var store = await _folder.OpenAsync();
        Assert.Equal("new", Assert.Single(await store.QueryAsync(new() { AllProjects = true }, Token)).Category);
    }

    [Theory]
    [InlineData("all.jsonl")]
    [InlineData("all.jsonl.gz")]
    public async Task ExportAndImport_ToAnotherStore_IsTheSame(string name)
    {
        var entries = Any.Entries(30);
        await _folder.StoreAsync([.. entries]);
        using var other = new ToolFolder();
        await other.StoreAsync(entries[0] with { Content = "changed there" });

        var export = await _folder.RunAsync("memory", "export", "-o", name, "-f", "json");
        var dry = await other.RunAsync("memory", "import", _folder.File(name), "--keep-existing", "--dry-run", "-f", "json");
        var import = await other.RunAsync("memory", "import", _folder.File(name), "--keep-existing", "-f", "json");

        Assert.Equal(30, export.Json.GetProperty("exported").GetInt64());
        Assert.Equal(29, dry.Json.GetProperty("would_import").GetInt64());
        Assert.Equal((29, 1), (import.Json.GetProperty("imported").GetInt64(), import.Json.GetProperty("kept").GetInt64()));
        await using var store = await other.OpenAsync();
        Assert.Equal("changed there", (await store.GetAsync(entries[0].Id, Token))!.Content);
        Assert.Equal(entries[29].Content, (await store.GetAsync(entries[29].Id, Token))!.Content);
    }

    [Fact]
    public async Task Export_StandardOutput_IsALineEachOfWhatFits()
    {
        await _folder.StoreAsync(Any.Entry("one") with { Category = "a" }, Any.Entry("two") with { Category = "b" });

        var export = await _folder.RunAsync("memory", "export", "--category", "b");

        Assert.Equal("two", System.Text.Json.JsonElement.Parse(Assert.Single(export.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))).GetProperty("content").GetString());
    }

    // It waits for the rest when it is interrupted; a reader that does not hear of that is killed after ten seconds, and says nothing.
    [Fact(Timeout = 120_000)]
    public async Task Import_InterruptedWhileItWaitsForInput_EndsAndKeepsWhatItHas()
    {
        using var other = new ToolFolder();
        await other.StoreAsync(Any.Entries(500));
        var lines = (await other.RunAsync("memory", "export")).Output;
        await _folder.StoreAsync();
        using var import = new WatchingTool(_folder.Start("memory", "import", "-"));
        await import.Process.StandardInput.WriteAsync(lines);
        await import.Process.StandardInput.FlushAsync(Token);
        await using var store = await _folder.OpenAsync();
        while (await store.CountAsync(new() { AllProjects = true }, Token) < 500) await Task.Yield();

        var exitCode = await import.InterruptAsync(Token);

        Assert.Equal(130, exitCode);
        Assert.Contains("interrupted", await import.Process.StandardError.ReadToEndAsync(Token), StringComparison.Ordinal);
        Assert.Equal(500, await store.CountAsync(new() { AllProjects = true }, Token));
    }

    [Fact]
    public async Task Import_LineIsNoMemory_FailsAndNamesTheLine()
    {
        await _folder.StoreAsync();

        var import = await _folder.RunWithInputAsync("{}\n", "memory", "import", "-");

        Assert.Equal(1, import.ExitCode);
        Assert.Contains("Line 1", import.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Encrypted_WithAndWithoutTheKeys_IsReadOrLeftAlone()
    {
        var keys = _folder.File("keys");
        await File.WriteAllTextAsync(keys, $"k1:{Convert.ToBase64String(new byte[EncryptionKey.Size])}\n", Token);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(keys, UnixFileMode.UserRead);
        await _folder.StoreAsync();
        var id = (await _folder.RunAsync("memory", "add", "pin", "--content", "The pin", "--value", "\"4711\"", "--key-file", keys)).Output.Trim();

        var without = await _folder.RunAsync("memory", "get", id, "-f", "json");
        var update = await _folder.RunAsync("memory", "update", id, "--category", "other");
        var export = await _folder.RunAsync("memory", "export", "-o", "out.jsonl");
        var with = await _folder.RunAsync("memory", "get", id, "-f", "json", "--key-file", keys);

        Assert.Equal(["$mt_unreadable"], without.Json.GetProperty("value").EnumerateObject().Select(static member => member.Name));
        Assert.Equal((1, 1), (update.ExitCode, export.ExitCode));
        Assert.False(File.Exists(_folder.File("out.jsonl")));
        Assert.Equal("4711", with.Json.GetProperty("value").GetString());
        Assert.Equal("project", with.Json.GetProperty("category").GetString());
    }

    [Fact]
    public async Task Delete_NothingNamed_IsWrongUsageAndDeletesNothing()
    {
        await _folder.StoreAsync(Any.Entry());

        var deleted = await _folder.RunAsync("memory", "delete", "--force");

        Assert.Equal(2, deleted.ExitCode);
        await using var store = await _folder.OpenAsync();
        Assert.Equal(1, await store.CountAsync(new() { AllProjects = true }, Token));
    }
}
