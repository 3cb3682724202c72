using System.Runtime.InteropServices;
using SQLitePCL;

namespace MemoryTriggers.Sqlite;

/// <summary>What the bundled library has and its managed interface does not.</summary>
internal static partial class SqliteNative
{
    private const string Library = "e_sqlite3";
    private const int HasMovedCode = 20; // SQLITE_FCNTL_HAS_MOVED, https://sqlite.org/c3ref/c_fcntl_begin_atomic_write.html

    // A program can bring another library in its place: its connections are not for this one.
    private static readonly Lazy<bool> IsThere = new(static () => raw.GetNativeLibraryName() == Library
        && NativeLibrary.TryLoad(Library, typeof(SqliteNative).Assembly, null, out _));

    /// <summary>Whether the file of that name is no longer the one that is open: it was deleted, renamed or replaced.</summary>
    /// <remarks>The answer is always no where a file that is open cannot be replaced (Windows), and with another library.</remarks>
    public static unsafe bool HasMoved(SqliteSession session)
    {
        if (!IsThere.Value) return false;
        var moved = 0;
        var code = FileControl(session.Connection.Handle!.DangerousGetHandle(), null, HasMovedCode, &moved);
        GC.KeepAlive(session);
        return code == raw.SQLITE_OK && moved != 0;
    }

    [LibraryImport(Library, EntryPoint = "sqlite3_file_control")]
    private static unsafe partial int FileControl(nint database, byte* schema, int operation, void* argument);
}
