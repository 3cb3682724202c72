namespace MemoryTriggers.Architecture;

/// <summary>The floors of each project, lowest first: a type may use those of its own folder and of lower floors.</summary>
internal static class Floors
{
    /// <summary>Folders that are directly in a project; the project's own files are above all floors.</summary>
    public static IReadOnlyDictionary<string, string[][]> Of { get; } = new Dictionary<string, string[][]>
    {
        ["MemoryTriggers.Runtime"] =
        [
            ["Secrets"],
            ["Sqlite", "Decoding", "Diagnostics", "Recall"],
            ["Circuits", "Hooks", "Yaml", "Transfer"],
            ["Backends", "Delivery"],
            ["Duplicates", "Protection", "Errors", "Inspection"],
            ["Capture", "Retention"],
            ["Memories"],
            ["Policies"],
            ["Operations"],
            ["Configuration"],
            ["Hosting"],
        ],
    };

    /// <returns>A line for each use that goes up, or beside.</returns>
    public static IReadOnlyList<string> FindWrong(string project, IReadOnlyList<TypeUse> uses)
    {
        var floors = Of[project];
        return
        [
            .. from use in uses
               let upper = Top(use.FromFolder)
               let lower = Top(use.ToFolder)
               where upper != lower && Floor(upper, floors) <= Floor(lower, floors)
               select $"floor {Floor(upper, floors)} uses floor {Floor(lower, floors)}: {use}",
        ];
    }

    /// <returns>Folders of a project that are on no floor.</returns>
    public static IReadOnlyList<string> FindMissing(string project, IReadOnlyList<TypeUse> uses) =>
        [
            .. uses.SelectMany(static use => new[] { Top(use.FromFolder), Top(use.ToFolder) })
                .Distinct()
                .Where(folder => folder.Length > 0 && Floor(folder, Of[project]) < 0),
        ];

    private static string Top(string folder) => folder.Split('/')[0];

    private static int Floor(string folder, string[][] floors) =>
        folder.Length == 0 ? floors.Length : Array.FindIndex(floors, floor => floor.Contains(folder, StringComparer.Ordinal));
}
