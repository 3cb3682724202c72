using MemoryTriggers.Backends.Sqlite;
using Microsoft.Data.Sqlite;

namespace MemoryTriggers.Inspection;

/// <summary>Counts what policies hold back beside a journal, without opening the database for writing.</summary>
internal static class HeldCount
{
    /// <returns><see langword="null"/> when the database cannot be read.</returns>
    public static long? Read(string directory)
    {
        var path = Path.Combine(directory, "held.db");
        if (!File.Exists(path)) return 0;
        try
        {
            using var session = SqliteCopy.OpenForReading(path);
            return (long)session.Scalar("SELECT count(*) FROM held")!;
        }
        catch (SqliteException)
        {
            return null;
        }
    }
}
