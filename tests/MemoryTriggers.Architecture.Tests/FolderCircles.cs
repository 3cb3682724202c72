namespace MemoryTriggers.Architecture;

/// <summary>
/// Circles between folders. At each folder its own files are one part and each folder in it, with all below, is another: no two parts
/// may need each other, however many are between.
/// </summary>
internal static class FolderCircles
{
    private const string OwnFiles = "(files)";

    /// <returns>A line for each use that closes a circle, with the folder in which it is.</returns>
    public static IReadOnlyList<string> Find(IReadOnlyList<TypeUse> uses) =>
        [.. AllFolders(uses).Order(StringComparer.Ordinal).SelectMany(folder => Inside(folder, uses))];

    private static IEnumerable<string> AllFolders(IReadOnlyList<TypeUse> uses) =>
        uses.SelectMany(static use => new[] { use.FromFolder, use.ToFolder }).SelectMany(WithParents).Append("").Distinct();

    private static IEnumerable<string> WithParents(string folder)
    {
        for (var at = folder.Length; at > 0; at = folder.LastIndexOf('/', at - 1)) yield return folder[..at];
    }

    private static IEnumerable<string> Inside(string folder, IReadOnlyList<TypeUse> uses)
    {
        var between = (from use in uses
                       let user = Part(use.FromFolder, folder)
                       let used = Part(use.ToFolder, folder)
                       where user is not null && used is not null && user != used
                       select (From: user, To: used, Use: use)).ToList();
        var next = between.ToLookup(static use => use.From, static use => use.To);
        var reached = between.Select(static use => use.To).Distinct().ToDictionary(static part => part, part => Reach(part, next));
        return from use in between
               where reached[use.To].Contains(use.From)
               select $"in {(folder.Length == 0 ? "the project" : folder)}, {use.From} -> {use.To}: {use.Use}";
    }

    /// <summary>Which part of a folder another one is; <see langword="null"/> when it is outside.</summary>
    private static string? Part(string other, string folder)
    {
        if (other == folder) return OwnFiles;
        if (folder.Length > 0 && !other.StartsWith(folder + "/", StringComparison.Ordinal)) return null;
        return other[(folder.Length == 0 ? 0 : folder.Length + 1)..].Split('/')[0];
    }

    private static HashSet<string> Reach(string part, ILookup<string, string> next)
    {
        var reached = new HashSet<string> { part };
        var open = new Stack<string>(reached);
        while (open.TryPop(out var current))
        {
            foreach (var found in next[current])
            {
                if (reached.Add(found)) open.Push(found);
            }
        }

        return reached;
    }
}
