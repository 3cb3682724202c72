namespace MemoryTriggers.Files;

/// <summary>
/// The layout of the data folder: <c>journal/0</c>, <c>journal/1</c> ... one for each process at work, <c>memory.db</c>,
/// <c>dead-letters.dat</c>.
/// </summary>
internal sealed class DataDirectory(string root, string journals)
{
    public const string DeadLettersName = "dead-letters.dat";

    private const int MaxProcesses = 256;

    /// <summary>Where the data of this program goes unless something else is configured.</summary>
    public static string Default => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData,
            Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } home
            ? home : Path.GetTempPath(),
        "MemoryTriggers",
        AppDomain.CurrentDomain.FriendlyName);

    public string Root { get; } = Path.GetFullPath(root);

    /// <summary>Where a file of a program is: a relative path begins at the data folder, whatever the option.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="path">The path as it was given.</param>
    public static string PathOf(string folder, string path) => Path.GetFullPath(path, Path.GetFullPath(folder));

    public string DeadLetters => Path.Combine(Root, DeadLettersName);

    public string Repeats => Path.Combine(Root, "repeats.db");

    public string CompressionMark => Path.Combine(Root, "compressed.json");

    public string CycleMark => Path.Combine(Root, "cycles.json");

    public string RetentionLock => Path.Combine(Root, "retention.lock");

    /// <summary>The folders in which a journal may be, in the order in which processes take them.</summary>
    public IEnumerable<string> Journals =>
        Enumerable.Range(0, MaxProcesses)
            .Select(number =>
                Path.Combine(PathOf(Root, journals is { Length: > 0 } ? journals : "journal"),
                    number.ToString(System.Globalization.CultureInfo.InvariantCulture)));
}
