using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MemoryTriggers.Sqlite;

/// <summary>Turns what SQLite and the file system throw into what a backend may throw, without any payload.</summary>
internal static class SqliteFailure
{
    public static bool IsKnown(Exception exception) =>
        exception is SqliteException or IOException or UnauthorizedAccessException;

    public static bool IsDamage(SqliteException exception) =>
        exception.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    /// <summary>
    /// Whether a connection may be the cause: it can keep the picture of a schema that another one has changed since, or of files that
    /// were removed.
    /// </summary>
    public static bool IsOfConnection(SqliteException exception) => !IsRefusal(exception.SqliteErrorCode) && exception.SqliteErrorCode
        is not (raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_FULL or raw.SQLITE_NOMEM or raw.SQLITE_INTERRUPT);

    /// <param name="exception">One for which <see cref="IsKnown"/> holds.</param>
    /// <param name="backend">The name of the store.</param>
    /// <param name="action">The attempted action, such as <c>store a batch</c>.</param>
    public static MemoryBackendException Translate(Exception exception, string backend, string action) => exception switch
    {
        // The text of a constraint names columns only; a syntax error would quote the statement, never a bound value.
        SqliteException sqlite => new MemoryBackendException(
            backend,
            $"Could not {action}: {sqlite.Message} (SQLite {sqlite.SqliteErrorCode}/{sqlite.SqliteExtendedErrorCode})",
            !IsRefusal(sqlite.SqliteErrorCode),
            sqlite),
        _ => new MemoryBackendException(
            backend, $"Could not {action}: {exception.Message}", isTransient: true, exception),
    };

    /// <summary>SQLite rolls back by itself after some errors; then there is nothing left to roll back.</summary>
    public static void RollBack(SqliteSession session)
    {
        if (raw.sqlite3_get_autocommit(session.Connection.Handle) == 0) session.Execute("ROLLBACK");
    }

    /// <summary>
    /// Whether the error names a value or a row of what was to be written. Every other one says that the database, or the machine, is ill:
    /// locked, full, damaged, without its tables. Then the same may succeed when it is well again.
    /// </summary>
    private static bool IsRefusal(int code) =>
        code is raw.SQLITE_CONSTRAINT or raw.SQLITE_TOOBIG or raw.SQLITE_MISMATCH or raw.SQLITE_RANGE;
}
