using System.Runtime.InteropServices;
using MemoryTriggers.Cli.Invocation;
using MemoryTriggers.Files;
using MemoryTriggers.Sqlite;

namespace MemoryTriggers.Cli.Reports;

/// <summary>Checks before anything is opened: versions, and access to the data folder.</summary>
internal static class EnvironmentChecks
{
    public static IEnumerable<Finding> Run(CommandSession session)
    {
        yield return new Finding("tool", true,
            $"{ToolVersion} on {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}");
        yield return new Finding("sqlite", true, SqliteVersion());
        yield return Permissions(session.Folder.Path);
        yield return FolderAccess.Look(session.Folder);
    }

    private static string ToolVersion => typeof(EnvironmentChecks).Assembly.GetName().Version?.ToString(3) ?? "unknown";

    private static string SqliteVersion()
    {
        SqliteLibrary.Initialize();
        return SQLitePCL.raw.sqlite3_libversion().utf8_to_string();
    }

    private static Finding Permissions(string folder)
    {
        var probe = Path.Combine(folder, Path.GetRandomFileName() + ".probe");
        try
        {
            using (PrivateFile.Open(probe, FileMode.CreateNew, FileAccess.Write, options: FileOptions.DeleteOnClose))
                return new Finding("data folder", true, $"{folder} can be written");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Finding("data folder", false, $"{folder} cannot be written: {exception.Message}");
        }
    }
}
