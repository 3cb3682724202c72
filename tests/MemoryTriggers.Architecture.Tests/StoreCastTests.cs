namespace MemoryTriggers.Architecture;

public sealed class StoreCastTests
{
    private static readonly Lazy<IReadOnlySet<string>> Stores = new(static () => StoreCasts.TypesOfStores(
        [.. Projects.All.Select(static row => Projects.FileOf(row.Data))]));

    [Fact]
    public void Stores_InAllProjects_AreFound() =>
        Assert.Superset(
            new HashSet<string>
            {
                "MemoryTriggers.SqliteMemoryBackend", "MemoryTriggers.BackendChain", "MemoryTriggers.Ranking.IRankedStore",
                "MemoryTriggers.Circuits.ICircuitOwner",
            },
            new HashSet<string>(Stores.Value));

    [Theory]
    [MemberData(nameof(Projects.All), MemberType = typeof(Projects))]
    public void Casts_OfStores_AreNone(string project) => Assert.Empty(StoreCasts.Find(Projects.FileOf(project), Stores.Value));
}
