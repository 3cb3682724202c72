using MemoryTriggers.TestKit;

namespace MemoryTriggers.Configuration;

/// <summary>
/// The option that each key of a file sets, and the unit of the key. A key that is not here concerns no option of the code.
/// </summary>
internal static class Doors
{
    /// <summary>Key, option, and how much of the option is one of the key: bytes, or seconds where the option is a time.</summary>
    public static IReadOnlyList<(string Key, string Option, double Unit)> All { get; } = [.. Rows()];

    /// <summary>The options that a key may change.</summary>
    public static IReadOnlyList<string> Of(string key) =>
        [.. All.Where(door => door.Key == key).SelectMany(static door => Each(door.Option)).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Each(string option) => option.Contains('*', StringComparison.Ordinal)
        ? Enum.GetValues<TriggerType>().Select(type => option.Replace("*", type.ToString(), StringComparison.Ordinal)) : [option];

    private static IEnumerable<(string, string, double)> Rows() =>
        from line in File.ReadAllLines(
            Path.Combine(RepositoryRoot.Path, "tests", "MemoryTriggers.Runtime.Tests", "Configuration", "Tree", "doors.txt"))
        where line.Length > 0 && line[0] != '#'
        let parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        from option in parts[1].Split(',')
        select (parts[0], option, parts.Length > 2 ? Unit(parts[2]) : 0);

    private static double Unit(string name) => name switch
    {
        "1" => 1,
        "KB" => 1024,
        "MB" => 1024 * 1024,
        "ms" => 0.001,
        "s" => 1,
        "min" => 60,
        "h" => 3_600,
        "d" => 86_400,
        _ => throw new FormatException($"'{name}' is no unit"),
    };
}
