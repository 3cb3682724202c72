using System.Diagnostics;
using MemoryTriggers.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Cli.Tool;

/// <summary>A data folder of a program, and the built tool beside it, run as a user runs it: as a process of its own.</summary>
internal sealed class ToolFolder : IDisposable
{
    /// <summary>The built tool.</summary>
    public static readonly string Assembly = typeof(CommandTree).Assembly.Location;

    // Who is started in the background of a script ignores Ctrl-C, and hands that on. The tool of a user does not.
    private static readonly bool IgnoresInterrupt = OperatingSystem.IsLinux() && System.IO.File.ReadLines("/proc/self/status")
        .Any(static line => line.StartsWith("SigIgn:", StringComparison.Ordinal) && (Convert.ToUInt64(line[7..].Trim(), 16) & 2) != 0);

    private readonly TemporaryDirectory _directory = new();

    public ToolFolder()
    {
        Directory.CreateDirectory(Data);
        Directory.CreateDirectory(Home);
    }

    /// <summary>The data folder.</summary>
    public string Data => _directory.File("data");

    /// <summary>Where programs have their data folders by default, the tool included.</summary>
    public string Home => _directory.File("home");

    public string Database => Path.Combine(Data, "memory.db");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public string File(string name) => _directory.File(name);

    /// <summary>Makes a store with memories, or adds to it, as a program does.</summary>
    public async Task StoreAsync(params IReadOnlyList<MemoryEntry> entries)
    {
        await using var backend = await OpenAsync();
        await backend.StoreAsync(entries, Token);
    }

    public async Task<SqliteMemoryBackend> OpenAsync()
    {
        var backend = new SqliteMemoryBackend(new SqliteBackendOptions { Path = Database }, NullLogger.Instance, TimeProvider.System);
        await backend.InitializeAsync(Token);
        return backend;
    }

    /// <summary>Runs the tool on the data folder, without a memory of its own.</summary>
    public Task<ToolResult> RunAsync(params string[] arguments) => RunAsync(Start(arguments), "");

    /// <summary>The same with something on standard input.</summary>
    public Task<ToolResult> RunWithInputAsync(string input, params string[] arguments) => RunAsync(Start(arguments), input);

    /// <summary>How to start the tool, for tests that change something about it.</summary>
    public ProcessStartInfo Start(params string[] arguments)
    {
        var start = StartOf("dotnet", [Assembly, .. arguments]);
        Prepare(start);
        return start;
    }

    /// <summary>How to start it by a line of a shell, in which <c>$tool</c> is the tool.</summary>
    public ProcessStartInfo Shell(string line)
    {
        var start = StartOf("bash", ["-c", line]);
        Prepare(start);
        start.Environment["tool"] = $"dotnet {Assembly}";
        return start;
    }

    public static async Task<ToolResult> RunAsync(ProcessStartInfo start, string input = "")
    {
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(Token), process.StandardError.ReadToEndAsync(Token));
        await process.WaitForExitAsync(Token);
        return new ToolResult(process.ExitCode, await output, await error);
    }

    public void Dispose() => _directory.Dispose();

    private static ProcessStartInfo StartOf(string program, string[] arguments)
    {
        var start = IgnoresInterrupt ? new ProcessStartInfo("env", ["--default-signal=INT", program, .. arguments]) : new ProcessStartInfo(program, arguments);
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        return start;
    }

    private void Prepare(ProcessStartInfo start)
    {
        start.WorkingDirectory = _directory.Path;
        start.Environment["MEMORY_TRIGGERS_DATA"] = Data;
        start.Environment["MEMORY_TRIGGERS_CLI_MEMORY"] = "off";
        start.Environment["XDG_DATA_HOME"] = Home;
        foreach (var inherited in (string[])["MEMORY_TRIGGERS_PROJECT", "NO_COLOR", "COLUMNS"]) start.Environment.Remove(inherited);
    }
}
