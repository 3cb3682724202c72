using MemoryTriggers.Cli.Tool;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Cli.Memories;

/// <summary>The options of docs/who-sees-what.md, over memories of two projects and three users.</summary>
public sealed class WhoSeesWhatCommandTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    private static readonly MemoryEntry[] Seeded =
    [
        .. from project in (string[])["alpha", "beta"]
           from user in (string?[])[null, "ann", "bob"]
           select Any.Entry($"{project}/{user ?? "none"}") with { Project = project, Provenance = new() { UserId = user, SessionId = "s-1" } },
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(6)]
    [InlineData(3, "--project", "beta")]
    [InlineData(4, "--user", "ann")]
    [InlineData(2, "--project", "beta", "--user", "ann")]
    [InlineData(6, "--all-projects", "--all-users")]
    [InlineData(2, "--project", "beta", "--user", "ann", "--session", "s-1")]
    [InlineData(0, "--project", "beta", "--user", "ann", "--session", "s-2")]
    public async Task Options_OfProjectAndUser_DecideWhatIsSeen(int expected, params string[] options)
    {
        await _folder.StoreAsync(Seeded);

        var listed = await _folder.RunAsync(["memory", "list", "-f", "json", .. options]);

        Assert.Equal(expected, listed.Json.GetArrayLength());
    }

    [Fact]
    public async Task Commands_WithProjectAndUser_SeeTheSame()
    {
        await _folder.StoreAsync(Seeded);
        string[] scope = ["--project", "beta", "--user", "ann"];

        var searched = await _folder.RunAsync(["memory", "search", "beta", "-f", "json", .. scope]);
        var stats = await _folder.RunAsync(["stats", "-f", "json", .. scope]);
        var exported = await _folder.RunAsync(["memory", "export", .. scope]);

        Assert.Equal(2, searched.Json.GetArrayLength());
        Assert.Equal(2, stats.Json.GetProperty("total").GetInt32());
        Assert.Equal(2, exported.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task ById_OfAnotherProjectOrUser_IsNotThere()
    {
        await _folder.StoreAsync(Seeded);
        var reached = new List<string>();
        foreach (var entry in Seeded.Where(static entry => entry.Content is "alpha/ann" or "beta/none" or "beta/ann" or "beta/bob"))
        {
            string[] scope = ["--project", "beta", "--user", "ann"];
            var codes = new List<int>();
            foreach (var command in (string[])["get", "history"])
                codes.Add((await _folder.RunAsync(["memory", command, entry.Id.ToString(), .. scope])).ExitCode);
            codes.Add((await _folder.RunAsync(["memory", "update", entry.Id.ToString(), "--content", "changed", .. scope])).ExitCode);
            codes.Add((await _folder.RunAsync(["memory", "delete", entry.Id.ToString(), "--force", .. scope])).ExitCode);
            Assert.Single(codes.Distinct());
            if (codes[0] == 0) reached.Add(entry.Content);
        }

        Assert.Equal(["beta/none", "beta/ann"], reached);
        await using var store = await _folder.OpenAsync();
        Assert.Equal(4, await store.CountAsync(new() { AllProjects = true }, Token));
    }

    [Fact]
    public async Task Add_WithProjectUserAndSession_IsOfThem()
    {
        await _folder.StoreAsync();

        await _folder.RunAsync("memory", "add", "k", "--project", "beta", "--user", "ann", "--session", "s-9");

        await using var store = await _folder.OpenAsync();
        var made = Assert.Single(await store.QueryAsync(new() { AllProjects = true }, Token));
        Assert.Equal(("beta", "ann", "s-9"), (made.Project, made.Provenance.UserId, made.Provenance.SessionId));
    }

    [Theory]
    [InlineData("--project", "beta", "--all-projects")]
    [InlineData("--user", "ann", "--all-users")]
    public async Task Options_ThatContradict_AreRefused(params string[] options)
    {
        await _folder.StoreAsync();

        var refused = await _folder.RunAsync(["memory", "list", .. options]);

        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("not both", refused.Output + refused.Error, StringComparison.Ordinal);
    }
}
