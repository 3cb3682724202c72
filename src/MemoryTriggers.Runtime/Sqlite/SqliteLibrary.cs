using SQLitePCL;

namespace MemoryTriggers.Sqlite;

/// <summary>
/// Loads the bundled native library, once per process. The system's library is never used: its version and its compile-time options
/// are not known, and versions before 3.51.3 can corrupt a write-ahead log.
/// </summary>
internal static class SqliteLibrary
{
    private static readonly Lazy<bool> Loaded = new(() => { Batteries_V2.Init(); return true; });

    public static void Initialize() => _ = Loaded.Value;
}
