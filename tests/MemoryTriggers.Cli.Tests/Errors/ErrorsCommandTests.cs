using MemoryTriggers.Cli.Tool;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Cli.Errors;

public sealed class ErrorsCommandTests : IDisposable
{
    private const string Disk = "00000000000000d1";
    private const string Pool = "00000000000000a2";
    private readonly ToolFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task List_FailuresAndWhatResolvedThem_AreErrorsTheLastSeenFirst()
    {
        await _folder.StoreAsync(
            Failure("Deploy failed: disk full", Disk),
            Failure("Deploy failed again: disk full", Disk, minutes: 1) with { Project = "other" },
            Failure("Query failed: pool empty", Pool, minutes: 2),
            Any.Entry("Deploy succeeded") with { CreatedAt = Any.Time.AddMinutes(3), Tags = ["resolution", $"resolves:{Disk}"] },
            Any.Entry("Failed without an exception") with { Outcome = TriggerOutcome.Failure });

        var list = await _folder.RunAsync("errors", "list", "-f", "json");

        Assert.Equal((0, ""), (list.ExitCode, list.Error));
        Assert.Equal([Pool, Disk], Fingerprints(list));
        var disk = list.Json[1];
        Assert.Equal("Deploy failed again: disk full", disk.GetProperty("content").GetString());
        Assert.Equal(2, disk.GetProperty("occurrences").GetInt32());
        Assert.Equal((Any.Time, Any.Time.AddMinutes(1)), (disk.GetProperty("first_seen").GetDateTimeOffset(), disk.GetProperty("last_seen").GetDateTimeOffset()));
        Assert.Equal("Deploy succeeded", Assert.Single(disk.GetProperty("resolutions").EnumerateArray()).GetProperty("content").GetString());
        Assert.Equal(0, list.Json[0].GetProperty("resolutions").GetArrayLength());
    }

    [Theory]
    [InlineData("--unresolved", "", Pool)]
    [InlineData("--project", "other", Disk)]
    [InlineData("--category", "deployment", Disk)]
    [InlineData("--limit", "1", Pool)]
    [InlineData("--offset", "1", Disk)]
    public async Task List_Option_Selects(string option, string value, string fingerprint)
    {
        await _folder.StoreAsync(
            Failure("Deploy failed", Disk) with { Project = "other", Category = "deployment" },
            Any.Entry("Deploy succeeded") with { Tags = ["resolution", $"resolves:{Disk}"] },
            Failure("Query failed", Pool, minutes: 1));

        var list = await _folder.RunAsync([.. ((string[])["errors", "list", "-f", "json", option, value]).Where(static word => word.Length > 0)]);

        Assert.Equal([fingerprint], Fingerprints(list));
    }

    [Theory]
    [InlineData("120", 1)]
    [InlineData("60", 0)]
    public async Task List_ForPeople_FitsTheTerminal(string columns, int headings)
    {
        await _folder.StoreAsync(Failure("Deploy failed", Disk), Any.Entry("The disk was cleaned") with { Tags = ["resolution", $"resolves:{Disk}"] });
        var start = _folder.Start("errors", "list");
        start.Environment["COLUMNS"] = columns;

        var list = await ToolFolder.RunAsync(start);

        Assert.Contains(Disk, list.Output, StringComparison.Ordinal);
        Assert.Contains("then: The disk was cleaned", list.Output, StringComparison.Ordinal);
        Assert.Equal(headings, list.Output.Split("last seen").Length - 1);
        Assert.All(list.Output.Split('\n'), line => Assert.True(line.Length <= int.Parse(columns, System.Globalization.CultureInfo.InvariantCulture), line));
    }

    [Fact]
    public async Task List_NothingFailed_SaysSo()
    {
        await _folder.StoreAsync(Any.Entry());

        var list = await _folder.RunAsync("errors", "list");

        Assert.Equal((0, "No errors."), (list.ExitCode, list.Output.Trim()));
    }

    [Fact]
    public async Task Show_AnError_HasItsMemoriesAndResolutions()
    {
        await _folder.StoreAsync(Failure("Deploy failed", Disk), Failure("Deploy failed again", Disk, minutes: 1), Any.Entry("The disk was cleaned") with { Tags = ["resolution", $"resolves:{Disk}"] });

        var json = await _folder.RunAsync("errors", "show", $"error:{Disk.ToUpperInvariant()}", "-f", "json");
        var table = await _folder.RunAsync("errors", "show", Disk);
        var one = await _folder.RunAsync("errors", "show", Disk, "--limit", "1", "-f", "yaml");

        Assert.Equal(["Deploy failed again", "Deploy failed"], json.Json.GetProperty("memories").EnumerateArray().Select(static memory => memory.GetProperty("content").GetString()));
        Assert.Equal("The disk was cleaned", Assert.Single(json.Json.GetProperty("resolutions").EnumerateArray()).GetProperty("content").GetString());
        Assert.All(["Deploy failed again", "The disk was cleaned", Disk], text => Assert.Contains(text, table.Output, StringComparison.Ordinal));
        Assert.Contains("occurrences: 2", one.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("content: Deploy failed\n", one.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Coincidence_IsShownUnderItsOwnName_AndLeavesTheErrorUnresolved()
    {
        await _folder.StoreAsync(Failure("Deploy failed", Disk), Any.Entry("Another deploy succeeded") with { Tags = ["coincident", $"coincides:{Disk}"] });

        var list = await _folder.RunAsync("errors", "list", "--unresolved", "-f", "json");
        var lines = await _folder.RunAsync("errors", "list");
        var show = await _folder.RunAsync("errors", "show", Disk, "-f", "json");
        var table = await _folder.RunAsync("errors", "show", Disk);

        foreach (var error in new[] { Assert.Single(list.Json.EnumerateArray()), show.Json })
        {
            Assert.Equal(0, error.GetProperty("resolutions").GetArrayLength());
            Assert.Equal("Another deploy succeeded", Assert.Single(error.GetProperty("coincidences").EnumerateArray()).GetProperty("content").GetString());
        }

        Assert.Contains("coincident: Another deploy succeeded", lines.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("then:", lines.Output, StringComparison.Ordinal);
        Assert.All(["No resolution is known", "Coincident successes"], text => Assert.Contains(text, table.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Resolve_AnError_IsAMemoryOfItsProjectThatIsLinkedToIt()
    {
        await _folder.StoreAsync(Failure("Deploy failed", Disk) with { Project = "other" });

        var resolved = await _folder.RunAsync("errors", "resolve", Disk, "Cleaned", "the", "disk", "--tag", "ops", "--value", """{"ticket":7}""", "-f", "json");
        var unresolved = await _folder.RunAsync("errors", "list", "--unresolved", "-f", "json");

        Assert.Equal((0, Disk), (resolved.ExitCode, resolved.Json.GetProperty("resolves").GetString()));
        await using var store = await _folder.OpenAsync();
        var entry = await store.GetAsync(resolved.Json.GetProperty("id").GetGuid(), Token);
        Assert.Equal(("Cleaned the disk", "other", "cli"), (entry!.Content, entry.Project, entry.Source));
        Assert.Equal(["ops", "resolution", $"resolves:{Disk}"], entry.Tags);
        Assert.Equal(7, entry.Value.GetProperty("ticket").GetInt32());
        Assert.Empty(unresolved.Json.EnumerateArray());
    }

    [Fact]
    public async Task Resolve_DryRun_ChangesNothing()
    {
        await _folder.StoreAsync(Failure("Deploy failed", Disk));

        var dry = await _folder.RunAsync("errors", "resolve", Disk, "Cleaned the disk", "--dry-run", "-f", "json");

        Assert.Equal((0, Disk), (dry.ExitCode, dry.Json.GetProperty("would_resolve").GetString()));
        await using var store = await _folder.OpenAsync();
        Assert.Equal(1, await store.CountAsync(new() { AllProjects = true }, Token));
    }

    [Theory]
    [InlineData(1, "no memory of the error", "show", Pool)]
    [InlineData(1, "no memory of the error", "resolve", Pool, "Made it larger")]
    [InlineData(1, "no memory of the error", "resolve", Pool, "Made it larger", "--dry-run")]
    [InlineData(2, "no fingerprint", "show", "disk")]
    [InlineData(2, "Required argument 'text' missing", "resolve", Disk)]
    [InlineData(2, "what resolved it", "resolve", Disk, " ")]
    public async Task AnyCommand_WithoutSuchAnErrorOrText_FailsAndChangesNothing(int exitCode, string says, params string[] command)
    {
        await _folder.StoreAsync(Failure("Deploy failed", Disk));

        var result = await _folder.RunAsync(["errors", .. command]);

        Assert.Equal((exitCode, ""), (result.ExitCode, result.Output));
        Assert.Contains(says, result.Error, StringComparison.Ordinal);
        await using var store = await _folder.OpenAsync();
        Assert.Equal(1, await store.CountAsync(new() { AllProjects = true }, Token));
    }

    private static IEnumerable<string?> Fingerprints(ToolResult list) => list.Json.EnumerateArray().Select(static error => error.GetProperty("fingerprint").GetString());

    private static MemoryEntry Failure(string content, string fingerprint, int minutes = 0) =>
        Any.Entry(content) with { Outcome = TriggerOutcome.Failure, Tags = [$"error:{fingerprint}"], CreatedAt = Any.Time.AddMinutes(minutes) };
}
