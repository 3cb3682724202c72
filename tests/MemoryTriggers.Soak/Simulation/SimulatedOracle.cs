using System.Globalization;

namespace MemoryTriggers.Soak.Simulation;

/// <summary>What the program was told, and what must therefore be there in the end.</summary>
internal sealed class SimulatedOracle
{
    private const int MaxNamed = 20;
    private readonly HashSet<int> _accepted = [];
    private readonly HashSet<int> _synced = [];
    private readonly HashSet<int> _forgiven = [];

    public int Attempted { get; private set; }

    public int Acknowledged => _accepted.Count;

    /// <summary>Records that the journal gave up to make room, as it counted itself. They may be missing.</summary>
    public long Evicted { get; set; }

    public int Next() => Attempted++;

    public void Accept(int number) => _accepted.Add(number);

    /// <summary>Everything accepted so far.</summary>
    public int[] Snapshot() => [.. _accepted];

    public void Sync(IEnumerable<int> numbers) => _synced.UnionWith(numbers);

    /// <summary>The power is gone: what was not synced need not come back. What has come back is as safe as before.</summary>
    public void LosePower() => _forgiven.UnionWith(_accepted.Where(number => !_synced.Contains(number)));

    public (int Lost, int Doubled, IReadOnlyList<string> Problems) Judge(SimulatedStore store, IReadOnlyCollection<int> deadLetters)
    {
        var problems = new List<string>(store.Problems);
        var stored = store.Numbers.ToList();
        var there = stored.Concat(deadLetters).ToHashSet();
        var lost = _accepted.Where(number => !there.Contains(number) && !_forgiven.Contains(number)).Order().ToList();
        if (lost.Count > Evicted) problems.Add($"lost: {string.Join(", ", lost.Take(MaxNamed))}");
        if (there.FirstOrDefault(number => number < 0 || number >= Attempted) is not 0 and var foreign)
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"number {foreign} was never attempted"));
        if (deadLetters.FirstOrDefault(stored.Contains) is not 0 and var both)
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"number {both} is stored and a dead letter"));
        return ((int)Math.Max(0, lost.Count - Evicted), stored.Count - stored.Distinct().Count(), problems);
    }
}
