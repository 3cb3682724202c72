using MemoryTriggers.Problems;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Delivery.Holding;

/// <summary>Held records are nowhere else: what can be read of a damaged file is kept, and the rest is told.</summary>
public sealed class HeldDamageTests : IDisposable
{
    private const int Records = 300;
    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTimeProvider _time = new();

    private string Database => Path.Combine(_directory.Path, "held.db");

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("flip", 1)]
    [InlineData("flip", 2)]
    [InlineData("flip", 3)]
    [InlineData("truncate", 1)]
    [InlineData("page", 1)]
    [InlineData("page", 2)]
    [InlineData("random", 1)]
    [InlineData("empty", 1)]
    public void Open_Damaged_NoRecordIsChangedAndNoneIsLostInSilence(string kind, int seed)
    {
        using (var before = Open())
            before.Add([.. Enumerable.Range(0, Records).Select(number => (Record(number), new HoldingTime(TimeSpan.Zero, null, int.MaxValue)))]);
        Damage(kind, new Random(seed));

        using var after = Open();
        var found = after.Due(int.MaxValue);

        var known = Enumerable.Range(0, Records).Select(number => Convert.ToHexString(Record(number).Record)).ToHashSet();
        Assert.All(found.Where(static record => record.IsIntact), record => Assert.Contains(Convert.ToHexString(record.Record), known));
        var intact = found.Count(static record => record.IsIntact);
        if (intact < Records)
            Assert.True(found.Count > intact || kind == "empty" || ProblemLog.At(_directory.Path, _time).Open().Count > 0);
        if (kind is "flip" or "page") Assert.InRange(intact, Records / 2, Records);
    }

    private HoldingStore Open() => new(_directory.Path, ProblemLog.At(_directory.Path, _time), _time);

    private static HeldRecord Record(int number)
    {
        var record = new byte[500];
        new Random(number).NextBytes(record);
        return new HeldRecord(0, record, null, null);
    }

    private void Damage(string kind, Random random)
    {
        var content = File.ReadAllBytes(Database);
        switch (kind)
        {
            case "flip":
                for (var flip = 0; flip < 10; flip++) content[4096 + random.Next(content.Length - 4096)] ^= (byte)(1 << random.Next(8));
                break;
            case "page": content.AsSpan(4096 * (6 + random.Next(20)), 4096).Clear(); break;
            case "truncate": content = content[..(content.Length / 2)]; break;
            case "random": random.NextBytes(content); break;
            case "empty": content = []; break;
        }

        File.WriteAllBytes(Database, content);
    }
}
