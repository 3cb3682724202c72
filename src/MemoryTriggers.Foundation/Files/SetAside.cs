namespace MemoryTriggers.Files;

/// <summary>
/// Gives what cannot be used another name beside the old one, so that the work goes on with a new file and nothing is deleted.
/// </summary>
internal static class SetAside
{
    /// <summary>Renames a file with its parts, or whatever else is there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="disk">The disk that holds it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="parts">Endings of files that belong to it.</param>
    /// <returns>The new path, which nothing had before.</returns>
    /// <exception cref="IOException">The disk refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be renamed.</exception>
    public static string Move(string path, IDisk disk, TimeProvider time, params ReadOnlySpan<string> parts)
    {
        var aside = FreeName($"{path}.damaged-{time.GetUtcNow():yyyyMMdd'T'HHmmssfff}", disk);
        // The file itself last: until then it is found as damaged again.
        foreach (var part in parts)
        {
            if (disk.KindOf(path + part) != PathKind.None) disk.Move(path + part, aside + part);
        }

        if (disk.KindOf(path) != PathKind.None) disk.Move(path, aside);
        return aside;
    }

    /// <summary>What is there instead of a file, in words; <see langword="null"/> for a file, and for nothing.</summary>
    public static string? Misfit(string path, IDisk disk) => disk.KindOf(path) switch
    {
        PathKind.None or PathKind.File => null,
        PathKind.Folder => "is a folder",
        PathKind.Link => "is a link",
        _ => "is no file",
    };

    private static string FreeName(string name, IDisk disk)
    {
        var free = name;
        for (var number = 1; disk.KindOf(free) != PathKind.None; number++) free = $"{name}.{number}";
        return free;
    }
}
