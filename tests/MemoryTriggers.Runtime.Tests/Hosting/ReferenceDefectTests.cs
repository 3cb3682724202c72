using System.Text.RegularExpressions;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Hosting;

/// <summary>Defects of the reference that no other test keeps out, and the list of all of them: docs/reference-defects.md.</summary>
[Collection(nameof(ProcessWide))]
public sealed partial class ReferenceDefectTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly RecordingBackend _store = new();
    private readonly CollectingLoggers _loggers = new(out _);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    // Defect 4: it is queued, and handled at once as well.
    [Fact]
    public async Task Critical_IsStoredOnce()
    {
        await using var memory = await StartAsync();

        using (TriggerScope.Error("urgent"))
        {
        }

        await memory.FlushAsync(cancellationToken: Token);
        Assert.Equal(TriggerPriority.Critical, Assert.Single(_store.Attempts.SelectMany(static batch => batch)).Priority);
    }

    // Defect 6: an error of a workflow has a name that nobody listens to, and what is synchronous is not captured.
    [Fact]
    public async Task Failure_IsRemembered()
    {
        await using var memory = await StartAsync();

        Assert.Throws<InvalidOperationException>((Action)Fail);
        await Assert.ThrowsAsync<InvalidOperationException>(FailAsync);

        await memory.FlushAsync(cancellationToken: Token);
        Assert.All(_store.Attempts.SelectMany(static batch => batch), static entry => Assert.Equal(TriggerOutcome.Failure, entry.Outcome));
        Assert.Equal(["asynchronous", "synchronous"], _store.Attempts.SelectMany(static batch => batch).Select(static entry => entry.Key).Order());
    }

    [Fact]
    public void Page_OfDefects_NamesTestsThatExist()
    {
        // A class in several files has its name before the first dot of each.
        var sources = new[] { "tests", "src/MemoryTriggers.Conformance" }.SelectMany(static folder =>
            Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, folder), "*.cs", SearchOption.AllDirectories)).ToLookup(static file => Path.GetFileName(file).Split('.')[0]);
        var page = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "reference-defects.md"));

        var named = Named().Matches(page);
        var missing = named.Where(test => !sources[test.Groups[1].Value].Any(file => File.ReadAllText(file).Contains($" {test.Groups[2].Value}(", StringComparison.Ordinal)));

        Assert.Equal(Enumerable.Range(1, 18), Row().Matches(page).Select(static row => int.Parse(row.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.True(named.Count > 18);
        Assert.Empty(missing.Select(static test => test.Value));
    }

    private static void Fail()
    {
        using var scope = TriggerScope.Workflow("synchronous");
        throw new InvalidOperationException("no room");
    }

    private static async Task FailAsync()
    {
        await using var scope = TriggerScope.Workflow("asynchronous");
        throw new InvalidOperationException("no room");
    }

    private Task<MemoryTriggerService> StartAsync() => MemoryTriggerService.StartAsync(options => options.DataDirectory = _directory.Path, _store, _loggers, Token);

    [GeneratedRegex(@"`(\w+Tests|\w+Conformance)\.(\w+)`")]
    private static partial Regex Named();

    [GeneratedRegex(@"^\| (\d+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
