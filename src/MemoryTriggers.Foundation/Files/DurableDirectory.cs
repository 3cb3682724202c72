namespace MemoryTriggers.Files;

/// <summary>
/// Makes private folders whose names survive a loss of power: what is synced inside a folder is lost with the folder's own name.
/// </summary>
internal static class DurableDirectory
{
    private const int PermissionDenied = 13;

    /// <summary>Makes the folder and those above it, from the top down, each forced to disk before the next.</summary>
    /// <exception cref="IOException">They cannot be made, or the disk refused.</exception>
    /// <remarks>The last name is forced in any case: the process that made it may have died before it came to that.</remarks>
    public static void Create(string path, IDisk disk)
    {
        var parent = Path.GetDirectoryName(path);

        if (parent is null)
            return;

        if (!disk.DirectoryExists(parent))
            Create(parent, disk);

        disk.CreateDirectory(path);

        try
        {
            disk.SyncDirectory(parent);
        }
        catch (IOException failure) when (failure.HResult == PermissionDenied)
        {
            // A folder that one may pass through but not open. Nothing can be forced there, and nothing better be had.
        }
    }
}
