using System.Diagnostics;
using System.Globalization;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Tests.Server;

/// <summary>
/// A server of its own, in a temporary folder, reached by a socket in that folder: no port. A watchdog, which learns from a pipe that this
/// process is gone, however that came about, stops the server.
/// </summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    // The folder belongs to root where root runs the tests; the server's user must get in.
    private readonly TemporaryDirectory _directory = new();
    private Process? _watchdog;

    public string ConnectionString => $"Host={_directory.Path};Username=postgres;Database=postgres;Maximum Pool Size=20";

    private string Data => _directory.File("data");

    /// <param name="isDurable">Whether a commit waits for the disk.</param>
    /// <param name="token">Gives up.</param>
    public static async Task<PostgresServer> StartAsync(bool isDurable, CancellationToken token)
    {
        var server = new PostgresServer();
        try
        {
            await server.StartedAsync(isDurable, token);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends it as a crash does, and starts it again.</summary>
    public Task CrashAndRestartAsync(CancellationToken token) =>
        RunAsync(PostgresBinaries.Program(PostgresBinaries.Path("pg_ctl"), "restart", "-D", Data, "-m", "immediate", "-w", "-l", _directory.File("log")), token);

    public async ValueTask DisposeAsync()
    {
        if (_watchdog is not null)
        {
            _watchdog.StandardInput.Close();
            await _watchdog.WaitForExitAsync();
            _watchdog.Dispose();
        }

        _directory.Dispose();
    }

    private async Task StartedAsync(bool isDurable, CancellationToken token)
    {
        if (Environment.UserName == "root") await RunAsync(new ProcessStartInfo("chown", ["postgres:postgres", _directory.Path]), token);
        await RunAsync(PostgresBinaries.Program(
            PostgresBinaries.Path("initdb"), "-D", Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"), token);
        await File.AppendAllTextAsync(Path.Combine(Data, "postgresql.conf"), string.Create(CultureInfo.InvariantCulture, $"""

            listen_addresses = ''
            unix_socket_directories = '{_directory.Path}'
            max_connections = 300
            shared_buffers = 64MB
            fsync = {(isDurable ? "on" : "off")}

            """), token);
        _watchdog = Process.Start(Watchdog());
        await RunAsync(PostgresBinaries.Program(PostgresBinaries.Path("pg_ctl"), "start", "-D", Data, "-w", "-l", _directory.File("log")), token);
    }

    private ProcessStartInfo Watchdog()
    {
        var start = PostgresBinaries.Program(
            "sh", "-c", "cat > /dev/null; \"$0\" stop -D \"$1\" -m immediate > /dev/null 2>&1", PostgresBinaries.Path("pg_ctl"), Data);
        start.RedirectStandardInput = true;
        return start;
    }

    // Its output goes nowhere: the server inherits it, and a pipe would never end.
    private static async Task RunAsync(ProcessStartInfo start, CancellationToken token)
    {
        var quiet = new ProcessStartInfo("sh", ["-c", "exec \"$@\" > /dev/null 2>&1", "sh", start.FileName, .. start.ArgumentList]) { WorkingDirectory = "/" };
        using var process = Process.Start(quiet)!;
        await process.WaitForExitAsync(token);
        if (process.ExitCode != 0) throw new InvalidOperationException($"{start.FileName} {string.Join(' ', start.ArgumentList)} ended with {process.ExitCode}.");
    }
}
