namespace MemoryTriggers.Soak;

/// <summary>
/// Makes what a disk may hold after the power was cut: the last synced content of each file plus some of the sectors that were
/// written since, and of each name that was not synced the older or the newer state.
/// </summary>
internal sealed class PowerCut(string journal, string shadow, Random random)
{
    private const int SectorBytes = 512;
    private readonly double _share = random.Next(4) switch { 0 => 0, 1 => 1, _ => random.NextDouble() };
    private readonly bool _zeroesOne = random.Next(2) == 0;

    /// <summary>Writes the folder as it is after the power came back.</summary>
    public void WriteTo(string target)
    {
        Directory.CreateDirectory(target);
        var before = DurableNames();
        var now = CurrentNames();
        var names = new Dictionary<string, (string? Key, string? Live)>();

        // Later ones win: a name that was taken over belongs to the newer file.
        foreach (var key in before.Keys.Union(now.Keys).Order(StringComparer.Ordinal).OrderBy(key => now.ContainsKey(key)))
        {
            var older = before.GetValueOrDefault(key);
            var newer = now.GetValueOrDefault(key);
            var name = older == newer || random.Next(2) == 0 ? newer : older;
            if (name is not null) names[name] = (key, newer);
        }

        foreach (var (name, (key, live)) in names.OrderBy(static entry => entry.Key, StringComparer.Ordinal))
            File.WriteAllBytes(Path.Combine(target, name), Content(key!, live));
    }

    private byte[] Content(string key, string? live)
    {
        var path = Path.Combine(shadow, key);
        var durable = File.Exists(path) ? File.ReadAllBytes(path) : [];
        if (live is null) return durable;

        var current = File.ReadAllBytes(Path.Combine(journal, live));
        if (durable.Length == 0 && random.Next(4) == 0) return [];

        // The length is forced out with the first content; what was never forced reads as zeros.
        Array.Resize(ref durable, current.Length);
        var sectors = Enumerable.Range(0, (current.Length + SectorBytes - 1) / SectorBytes)
            .Where(sector => !Sector(current, sector).SequenceEqual(Sector(durable, sector)))
            .ToArray();
        var fresh = sectors.Skip(1).SkipLast(1).Where(sector => !Sector(durable, sector).ContainsAnyExcept((byte)0)).ToArray();
        var zeroed = _zeroesOne && fresh.Length > 0 ? fresh[random.Next(fresh.Length)] : -1;
        foreach (var sector in sectors)
        {
            if ((_zeroesOne || random.NextDouble() < _share) && sector != zeroed) Sector(current, sector).CopyTo(Sector(durable, sector));
        }

        return durable;
    }

    private static Span<byte> Sector(byte[] bytes, int sector) =>
        bytes.AsSpan(sector * SectorBytes, Math.Min(SectorBytes, bytes.Length - (sector * SectorBytes)));

    private Dictionary<string, string> DurableNames() =>
        File.ReadAllLines(Path.Combine(shadow, SyncedShadow.NamesFile))
            .Select(static line => line.Split(' ', 2))
            .Where(static parts => parts[1] != "lock")
            .ToDictionary(static parts => parts[0], static parts => parts[1]);

    // A file that is still empty is new, even where an older one had its inode.
    private Dictionary<string, string> CurrentNames() =>
        new DirectoryInfo(journal).GetFiles()
            .Where(static file => file.Name != "lock")
            .ToDictionary(
                file => file.Length > 0 && SyncedShadow.LatestKey(shadow, OpenFiles.InodeOf(file.FullName)) is { } key ? key : $"new {file.Name}",
                static file => file.Name);
}
