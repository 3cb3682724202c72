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
            QuotesValues(server.SqlState) ? null : server),
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
    /// Whether the same may succeed later: the server, its load, or the way to it is the cause. A login that is refused is among these: it
    /// is no fault of the record, and ends when the password is corrected.
    /// </summary>
    public static bool IsTransient(string sqlState) => sqlState switch
    {
        "40001" or "40P01" => true,             // serialization, deadlock
        "55P03" or "55006" => true,             // a lock, an object in use
        "57014" => true,                        // canceled by a time limit of the server
        "25006" => true,                        // read-only: a standby that is not promoted yet
        _ => sqlState[..2] is "08" or "28" or "3D" or "53" or "58" || sqlState.StartsWith("57P0", StringComparison.Ordinal),
    };

    // Data exceptions and broken constraints name the value that they refuse; so does an error of the server itself, perhaps.
    private static bool QuotesValues(string sqlState) => sqlState[..2] is "22" or "23" or "44" or "54" or "P0" or "XX";
}
