using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace MemoryTriggers.Files;

/// <summary>
/// The one way in which files and folders are made: for the user of the process alone, whatever the process's mask says. What is there
/// already keeps its rights, so that a user can share it. Thread-safe.
/// </summary>
internal static class PrivateFile
{
    /// <summary>The rights of a file, where there are such.</summary>
    public const UnixFileMode Access = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The rights of a folder.</summary>
    public const UnixFileMode FolderAccess = Access | UnixFileMode.UserExecute;

    /// <summary>The rights that others have to a file or a folder that is not private.</summary>
    public const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute |
        UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Opens a file, and makes it when the mode says so.</summary>
    /// <exception cref="IOException">It cannot be opened, or is a link to a file outside of its folder.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    public static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share = FileShare.None,
        FileOptions options = FileOptions.None, int bufferSize = 4096)
    {
        FileLink.RefuseForeign(path);
        var isMade = mode is FileMode.Create or FileMode.CreateNew
            || (mode is FileMode.OpenOrCreate or FileMode.Append && !File.Exists(path));
        var stream = new FileStreamOptions
        {
            Mode = mode,
            Access = access,
            Share = share,
            Options = options,
            BufferSize = bufferSize,
        };
        if (OperatingSystem.IsWindows())
        {
            if (isMade && mode == FileMode.CreateNew) return WindowsAccess.Create(path, stream);
            if (isMade) Make(path);

            return new FileStream(path, stream);
        }

        if (!isMade) return new FileStream(path, stream);
        stream.UnixCreateMode = Access;
        var file = new FileStream(path, stream);
        Restrict(file.SafeFileHandle);
        return file;
    }

    /// <summary>Makes an empty file, for others to open by its name. Harmless when there is one.</summary>
    /// <exception cref="IOException">It cannot be made, or is a link to a file outside of its folder.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    /// <remarks>One that is there is not opened: to close it would end the locks that the process has on it.</remarks>
    public static void Make(string path)
    {
        FileLink.RefuseForeign(path);
        if (File.Exists(path)) return;
        try
        {
            Open(path, FileMode.CreateNew, FileAccess.Write).Dispose();
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another one was first.
        }
    }

    /// <summary>Makes a folder and those above it that are not there. Harmless when there is one.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static void CreateDirectory(string path)
    {
        if (Directory.Exists(path)) return;
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } parent) CreateDirectory(parent);
        if (OperatingSystem.IsWindows())
        {
            WindowsAccess.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(path, FolderAccess);
    }

    // What was left by a process that died has rights of its own, and a mask can take away the user's too.
    [UnsupportedOSPlatform("windows")]
    private static void Restrict(SafeFileHandle file)
    {
        try
        {
            if (File.GetUnixFileMode(file) != Access) File.SetUnixFileMode(file, Access);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A file system without rights, or the file of another user who lets this one write it: 'doctor' tells who can read it.
        }
    }
}
