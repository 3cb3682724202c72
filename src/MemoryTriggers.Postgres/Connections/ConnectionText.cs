using Microsoft.Extensions.Options;
using Npgsql;

namespace MemoryTriggers.Postgres.Connections;

/// <summary>Finds the connection string. Nothing of it may reach a message: what is wrong in it may be a piece of the password.</summary>
internal static class ConnectionText
{
    private const int PreparedStatements = 64;
    private const int KeepAliveSeconds = 10;

    /// <exception cref="OptionsValidationException">There is none, or it cannot be read.</exception>
    public static NpgsqlConnectionStringBuilder Read(PostgresBackendOptions options)
    {
        var text = options.ConnectionString ?? Environment.GetEnvironmentVariable(options.ConnectionStringEnvironmentVariable);
        if (string.IsNullOrWhiteSpace(text))
        {
            throw Invalid($"There is no connection string: set {nameof(PostgresBackendOptions.ConnectionString)}, or the environment " +
                $"variable {options.ConnectionStringEnvironmentVariable}.");
        }

        var builder = Parse(text);
        if (HostProblem(builder.Host) is { } problem) throw Invalid($"The Host of the connection string {problem}.");
        builder.ApplicationName ??= "MemoryTriggers";
        builder.IncludeErrorDetail = false;
        if (!builder.ShouldSerialize("Command Timeout")) builder.CommandTimeout = (int)Math.Ceiling(options.CommandTimeout.TotalSeconds);
        if (!builder.ShouldSerialize("Max Auto Prepare"))
        {
            builder.MaxAutoPrepare = PreparedStatements;
            builder.AutoPrepareMinUsages = 2;
        }

        return builder;
    }

    /// <summary>A connection outside of the pool that notices when the other end is gone, though it only listens.</summary>
    public static string ForListening(NpgsqlConnectionStringBuilder builder) => new NpgsqlConnectionStringBuilder(builder.ConnectionString)
    {
        Pooling = false,
        KeepAlive = KeepAliveSeconds,
    }.ConnectionString;

    private static NpgsqlConnectionStringBuilder Parse(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            // Without the cause: it quotes what it could not read.
            throw Invalid("The connection string cannot be read.");
        }
    }

    // Several hosts are separated by commas; a path is the folder of a socket.
    private static string? HostProblem(string? hosts) =>
        string.IsNullOrWhiteSpace(hosts) ? "is missing"
        : hosts.Contains("://", StringComparison.Ordinal) ? "must be a host, not an address with a scheme"
        : hosts.Contains('@', StringComparison.Ordinal) && hosts[0] != '@' ? "must not have a user name or a password"
        : null;

    private static OptionsValidationException Invalid(string message) =>
        new(nameof(PostgresBackendOptions), typeof(PostgresBackendOptions), [message]);
}
