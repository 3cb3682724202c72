using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Cli.Stores;

/// <summary>
/// The store of PostgreSQL. In a class of its own, so that its driver is loaded by the commands that need it, and the others start without.
/// </summary>
internal static class PostgresStore
{
    /// <summary>The environment variable with the connection string, unless another one is named.</summary>
    public const string UsualVariable = PostgresBackendOptions.DefaultEnvironmentVariable;

    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromSeconds(1);

    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The connection string is missing or cannot be read, or the
    /// schema has no name.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static IMemoryBackend Create(string variable, string? schema, TimeSpan timeout, TimeProvider time)
    {
        var options = new PostgresBackendOptions
        {
            ConnectionStringEnvironmentVariable = variable,
            CommandTimeout = timeout > ShortestTimeout ? timeout : ShortestTimeout,
            OpensExisting = true,
        };
        if (schema is not null) options.Schema = schema;
        return new PostgresMemoryBackend(options, NullLogger.Instance, time);
    }
}
