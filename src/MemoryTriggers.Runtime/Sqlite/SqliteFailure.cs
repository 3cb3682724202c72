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

    /// <param name="exception">One for which <see cref="IsKnown"/> holds.</param>
    /// <param name="backend">The name of the store.</param>
    /// <param name="action">The attempted action, such as <c>store a batch</c>.</param>
    public static MemoryBackendException Translate(Exception exception, string backend, string action) => exception switch
    {
        // The text of a constraint names columns only; a syntax error would quote the statement, never a bound value.
        SqliteException sqlite => new MemoryBackendException(
            backend,
            $"Could not {action}: {sqlite.Message} (SQLite {sqlite.SqliteErrorCode}/{sqlite.SqliteExtendedErrorCode})",
            IsTransient(sqlite.SqliteErrorCode),
            sqlite),
        _ => new MemoryBackendException(
            backend, $"Could not {action}: {exception.Message}", exception is IOException, exception),
    };

    /// <summary>SQLite rolls back by itself after some errors; then there is nothing left to roll back.</summary>
    public static void RollBack(SqliteSession session)
    {
        if (raw.sqlite3_get_autocommit(session.Connection.Handle) == 0) session.Execute("ROLLBACK");
    }

    private static bool IsTransient(int code) => code
        is raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_FULL or raw.SQLITE_IOERR
        or raw.SQLITE_NOMEM or raw.SQLITE_INTERRUPT or raw.SQLITE_PROTOCOL or raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY;
}
