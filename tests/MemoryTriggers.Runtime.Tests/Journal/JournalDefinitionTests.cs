using System.Text;
using MemoryTriggers.Journal;

namespace MemoryTriggers.Tests.Journal;

public sealed class JournalDefinitionTests : IDisposable
{
    private readonly JournalHarness _harness = new();

    private string Definitions => Path.Combine(_harness.Root, "a", "definitions");

    public void Dispose() => _harness.Dispose();

    [Fact]
    public void TryGetDefinition_AfterRestart_ReturnsTheFirstOfEachId()
    {
        Describe(1, 2, 3);
        Describe(2, 4);

        using var journal = _harness.Open();

        Assert.All(new ulong[] { 1, 2, 3, 4 }, id => Assert.Equal(Json(id), Found(journal, id)));
        Assert.Equal(4, journal.GetStatistics().Definitions);
        Assert.False(journal.TryGetDefinition(5, out _));
    }

    [Fact]
    public void TryGetDefinition_DamagedEntryOfOneFile_LosesNothingAndReportsIt()
    {
        Describe(1, 2, 3);
        var bytes = File.ReadAllBytes(Definitions);
        bytes[(bytes.Length / 3) + 20] ^= 1;
        File.WriteAllBytes(Definitions, bytes);

        using (var journal = _harness.Open()) Assert.All(new ulong[] { 1, 2, 3 }, id => Assert.Equal(Json(id), Found(journal, id)));

        Assert.Contains("1 were restored", Assert.Single(_harness.Problems.Open()).Text, StringComparison.Ordinal);
        File.Delete(Definitions + ".copy");
        using var reopened = _harness.Open();
        Assert.All(new ulong[] { 1, 2, 3 }, id => Assert.Equal(Json(id), Found(reopened, id)));
        Assert.Single(_harness.Problems.Open());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void TryGetDefinition_OneFileIsGone_LosesNothing(int which)
    {
        Describe(1, 2, 3);
        File.Delete(which == 0 ? Definitions : Definitions + ".copy");

        using (var journal = _harness.Open()) Assert.All(new ulong[] { 1, 2, 3 }, id => Assert.Equal(Json(id), Found(journal, id)));

        File.Delete(which == 1 ? Definitions : Definitions + ".copy");
        using var reopened = _harness.Open();
        Assert.All(new ulong[] { 1, 2, 3 }, id => Assert.Equal(Json(id), Found(reopened, id)));
    }

    [Fact]
    public void TryGetDefinition_OtherEntriesAreDamagedInEachFile_LosesNothing()
    {
        Describe(1, 2, 3);
        foreach (var (path, place) in ((string, int)[])[(Definitions, 0), (Definitions + ".copy", 1)])
        {
            var bytes = File.ReadAllBytes(path);
            bytes[(bytes.Length * place / 3) + 20] ^= 1;
            File.WriteAllBytes(path, bytes);
        }

        using var journal = _harness.Open();

        Assert.All(new ulong[] { 1, 2, 3 }, id => Assert.Equal(Json(id), Found(journal, id)));
        Assert.Equal(2, _harness.Problems.Open().Count);
    }

    [Fact]
    public void TryGetDefinition_TornTail_IsWrittenAgain()
    {
        Describe(1, 2, 3);
        File.WriteAllBytes(Definitions, File.ReadAllBytes(Definitions)[..^5]);

        Describe(3);
        using var journal = _harness.Open();

        Assert.All(new ulong[] { 1, 2, 3 }, id => Assert.Equal(Json(id), Found(journal, id)));
        Assert.Equal(0, journal.GetStatistics().Quarantined);
    }

    [Fact]
    public async Task SyncAsync_DefinitionsFailOnce_RewritesThemElsewhere()
    {
        var token = TestContext.Current.CancellationToken;
        var file = new FaultyFile();
        _harness.Options.SyncInterval = TimeSpan.FromMinutes(1);
        using (var journal = _harness.Open(native: file))
        {
            journal.DescribeTrigger(1, Encoding.UTF8.GetBytes(Json(1)));
            file.FailNextSyncs(int.MaxValue);
            await Assert.ThrowsAsync<JournalSyncException>(async () => await journal.SyncAsync(token));
            file.FailNextSyncs(0);
            await journal.SyncAsync(token);
            journal.DescribeTrigger(2, Encoding.UTF8.GetBytes(Json(2)));
        }

        using var reopened = _harness.Open();

        Assert.All(new ulong[] { 1, 2 }, id => Assert.Equal(Json(id), Found(reopened, id)));
    }

    private static string Json(ulong id) => $$"""{"id":{{id}},"method":"Demo"}""";

    private static string Found(CaptureJournal journal, ulong id)
    {
        Assert.True(journal.TryGetDefinition(id, out var json));
        return Encoding.UTF8.GetString(json.Span);
    }

    private void Describe(params ReadOnlySpan<ulong> ids)
    {
        using var journal = _harness.Open();

        foreach (var id in ids)
            journal.DescribeTrigger(id, Encoding.UTF8.GetBytes(Json(id)));
    }
}
