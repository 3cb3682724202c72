using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Configuration;
using MemoryTriggers.Validation;
using Microsoft.Extensions.Options;

namespace MemoryTriggers.Cli.Stores;

/// <summary>
/// A store on a server, named by where its secrets are and never by them: the command line of a process can be read by others, and stays in
/// the history of the shell.
/// </summary>
internal sealed class ServerStore
{
    private static readonly TimeSpan UsualTimeout = TimeSpan.FromSeconds(30);
    private readonly Func<TimeSpan, TimeProvider, IMemoryBackend> _create;

    private ServerStore(string name, Func<TimeSpan, TimeProvider, IMemoryBackend> create) => (Name, _create) = (name, create);

    /// <summary>The display name; contains nothing secret.</summary>
    public string Name { get; }

    /// <param name="given">The value of <c>--store</c>.</param>
    /// <exception cref="CommandException">It says nothing that is understood.</exception>
    public static ServerStore Parse(string given)
    {
        // Before anything else, so that no message repeats it.
        if (given.Contains('=', StringComparison.Ordinal) || given.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase)
            || given.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase))
            throw Wrong("A connection string does not belong on a command line, where others can read it: put it into an environment " +
                "variable, and name that: --store postgres:VARIABLE.");

        var kind = given.Split(':', '@')[0];
        return kind switch
        {
            "postgres" or "postgresql" => Postgres(given[kind.Length..]),
            "mem0" => Mem0(Mem0Flavor.Hosted, given[kind.Length..]),
            "mem0-self-hosted" => Mem0(Mem0Flavor.SelfHosted, given[kind.Length..]),
            _ => File.Exists(given) ? Configured(Path.GetFullPath(given)) : throw Wrong("--store is postgres[:VARIABLE[/schema]], " +
                "mem0[:VARIABLE][@address], mem0-self-hosted[:VARIABLE]@address, or a configuration file that exists."),
        };
    }

    /// <summary>The store, not opened yet.</summary>
    /// <param name="timeout">How long it may take to answer; <see langword="null"/> for the usual time.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="CommandException">A secret is missing, or something about it is wrong.</exception>
    public IMemoryBackend Create(TimeSpan? timeout, TimeProvider time)
    {
        try
        {
            return _create(timeout ?? UsualTimeout, time);
        }
        catch (OptionsValidationException exception)
        {
            throw new CommandException($"{Name}: {exception.Message}", ExitCodes.WrongUsage, exception);
        }
    }

    private static ServerStore Postgres(string rest)
    {
        var parts = rest.TrimStart(':').Split('/', 2);
        var (variable, schema) = (Variable(parts[0], PostgresStore.UsualVariable), parts.Length > 1 ? parts[1] : null);
        return new ServerStore(schema is null ? $"PostgreSQL by {variable}" : $"PostgreSQL by {variable}, schema {schema}",
            (timeout, time) => PostgresStore.Create(variable, schema, timeout, time));
    }

    private static ServerStore Mem0(Mem0Flavor flavor, string rest)
    {
        var parts = rest.TrimStart(':').Split('@', 2);
        var options = new Mem0BackendOptions { Flavor = flavor };
        options.ApiKeyEnvironmentVariable = Variable(parts[0], options.ApiKeyEnvironmentVariable);
        if (parts.Length > 1)
            options.BaseAddress = HttpAddress.Problem(SettingForms.Address(parts[1]), isBase: true) is { } problem
                ? throw Wrong($"The address of mem0, after the @, {problem}.")
                : new Uri(SettingForms.Address(parts[1]));
        else if (flavor == Mem0Flavor.SelfHosted)
            throw Wrong("--store mem0-self-hosted needs the address: mem0-self-hosted@http://localhost:8888");
        return new ServerStore($"mem0 at {options.BaseAddress.Host}", (timeout, time) =>
        {
            options.Timeout = timeout;
            return new Mem0MemoryBackend(options, Client, time);
        });
    }

    private static ServerStore Configured(string file)
    {
        var report = MemoryConfiguration.ValidateFile(file);
        if (!report.IsValid) throw new CommandException($"{file} is refused: 'memory-triggers validate' says why.");
        var backend = report.Configuration.Backend;
        return backend.BackendType switch
        {
            "postgresql" => Postgres(""),
            "mem0" or "hybrid" =>
                new ServerStore($"mem0 as in {Path.GetFileName(file)}", (_, time) => BackendMapping.CreateMem0(report.Configuration, time)),
            var other => throw Wrong($"{file} keeps memories in {other}, which is no server: name the data folder with --data."),
        };
    }

    // A secret that was typed by mistake is not repeated either.
    private static string Variable(string given, string usual) => given.Length == 0 ? usual
        : given.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '_') && !char.IsAsciiDigit(given[0]) ? given
        : throw Wrong("The colon must be followed by the name of an environment variable: letters, digits and underscores.");

    // A redirect would carry the key to wherever it leads.
    private static HttpClient Client() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };

    private static CommandException Wrong(string message) => new(message, ExitCodes.WrongUsage);
}
