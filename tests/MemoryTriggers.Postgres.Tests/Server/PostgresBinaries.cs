using System.Diagnostics;

namespace MemoryTriggers.Tests.Server;

/// <summary>The server's programs, where this machine has them.</summary>
internal static class PostgresBinaries
{
    private const string Variable = "MEMORY_TRIGGERS_TEST_POSTGRES_BINARIES";
    private const string Root = "/usr/lib/postgresql";

    /// <summary>Why there can be no server; <see langword="null"/> when there can.</summary>
    public static string? Missing { get; } = Find() is null
        ? $"No PostgreSQL server is installed: neither under {Root} nor where {Variable} says. On Debian: apt-get install postgresql"
        : null;

    public static string Folder => Find()!;

    /// <summary>A program of the server. It refuses to run as root, so that root runs it as the user that the package made.</summary>
    public static ProcessStartInfo Program(string name, params string[] arguments) => Environment.UserName == "root"
        ? new ProcessStartInfo("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", name, .. arguments])
        : new ProcessStartInfo(name, arguments);

    public static string Path(string program) => System.IO.Path.Combine(Folder, program);

    private static string? Find() => Candidates().FirstOrDefault(static folder => File.Exists(System.IO.Path.Combine(folder, "initdb")));

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { } told) return [told];
        if (!Directory.Exists(Root)) return [];
        return Directory.GetDirectories(Root)
            .OrderByDescending(static folder => int.TryParse(System.IO.Path.GetFileName(folder), out var version) ? version : 0)
            .Select(static folder => System.IO.Path.Combine(folder, "bin"));
    }
}
