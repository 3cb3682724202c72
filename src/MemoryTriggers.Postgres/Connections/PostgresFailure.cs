using System.Net.Sockets;
using Npgsql;

namespace MemoryTriggers.Postgres.Connections;

/// <summary>Turns what Npgsql throws into what a backend may throw, without any payload.</summary>
internal static class PostgresFailure
{
    /// <summary>The name of the store in what is thrown.</summary>
    public const string Backend = "postgresql";

    public static bool IsKnown(Exception exception) =>
        exception is NpgsqlException or SocketException or IOException or TimeoutException;

    /// <summary>Does something, and translates how it failed.</summary>
    public static async ValueTask<T> GuardAsync<T>(string action, Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception exception) when (IsKnown(exception))
        {
            throw Translate(exception, action);
        }
    }

    /// <param name="exception">One for which <see cref="IsKnown"/> holds.</param>
    /// <param name="action">The attempted action, such as <c>store a batch</c>.</param>
    public static MemoryBackendException Translate(Exception exception, string action) => exception switch
    {
        PostgresException server => new MemoryBackendException(
            Backend,
            $"Could not {action}: {Describe(server)}",
            IsTransient(server.SqlState),
            QuotesValues(server.SqlState) ? null : server)
        {
            IsUnexpected = IsUnexpected(server.SqlState),
        },
        NpgsqlException { InnerException: TimeoutException } or TimeoutException => new MemoryBackendException(
            Backend, $"Could not {action}: the server did not answer in time", isTransient: true, exception),
        // The driver speaks of hosts and ports, never of passwords or values.
        NpgsqlException => new MemoryBackendException(
            Backend, $"Could not {action}: {exception.Message}", isTransient: true, exception),
        _ => new MemoryBackendException(
            Backend, $"Could not {action}: the connection broke ({exception.Message})", isTransient: true, exception),
    };

    public static string Describe(PostgresException exception) => QuotesValues(exception.SqlState)
        ? $"the server refuses a value (PostgreSQL {exception.SqlState})"
        : $"{exception.MessageText} (PostgreSQL {exception.SqlState})";

    /// <summary>
    /// Whether the same may succeed later: the server, its load, its tables and rights, or the way to it is the cause. Only an error that
    /// names a value or a row says no: data exceptions (class 22), constraints (23), <c>WITH CHECK OPTION</c> (44), and rows larger than
    /// the server can have (54).
    /// </summary>
    public static bool IsTransient(string sqlState) => sqlState[..2] is not ("22" or "23" or "44" or "54");

    // Of a program in the server (P0) and of the server itself (XX) it is not known whether a row or the server is the cause. A damaged
    // table (XX001) or index (XX002) is the server's.
    private static bool IsUnexpected(string sqlState) => sqlState[..2] is "P0" || sqlState is "XX000";

    // Data exceptions and broken constraints name the value that they refuse; so does an error of the server itself, perhaps.
    private static bool QuotesValues(string sqlState) => sqlState[..2] is "22" or "23" or "44" or "54" or "P0" or "XX";
}
