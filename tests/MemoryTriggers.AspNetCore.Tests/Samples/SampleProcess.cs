using System.Diagnostics;
using System.Globalization;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.AspNetCore.Tests.Samples;

/// <summary>A sample that runs as a program of its own. Whatever happens, it does not outlive its test.</summary>
internal sealed class SampleProcess : IAsyncDisposable
{
    private static readonly string Configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    private readonly Process _process;

    public SampleProcess(string name, params string[] arguments) : this(new ProcessStartInfo("dotnet", [FileOf(name), .. arguments]))
    {
    }

    /// <summary>The same for a sample that wants more than arguments.</summary>
    public SampleProcess(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        _process = Process.Start(start)!;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Where the build has put it.</summary>
    public static string FileOf(string name, string? assembly = null) => Path.Combine(RepositoryRoot.Path, "artifacts", "bin", name, Configuration, (assembly ?? name) + ".dll");

    /// <summary>Everything it prints until it ends by itself.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string name, params string[] arguments)
    {
        await using var sample = new SampleProcess(name, arguments);
        return (await sample.EndAsync(), sample.Output);
    }

    /// <summary>What it has printed, as far as it was read.</summary>
    public string Output { get; private set; } = "";

    /// <summary>Reads until a line has that text.</summary>
    /// <returns>What follows the text in its line.</returns>
    public async Task<string> ReadUntilAsync(string text)
    {
        while (await _process.StandardOutput.ReadLineAsync(Token) is { } line)
        {
            Output += line + "\n";
            if (line.IndexOf(text, StringComparison.Ordinal) is var at and >= 0) return line[(at + text.Length)..].Trim();
        }

        throw new InvalidOperationException($"It ended without a line with '{text}':\n{Output}");
    }

    /// <summary>Asks it to end, as an orchestrator does.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Token);
        return await EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    /// <summary>Waits until it ends by itself.</summary>
    public async Task<int> EndAsync()
    {
        Output += await _process.StandardOutput.ReadToEndAsync(Token);
        await _process.WaitForExitAsync(Token);
        return _process.ExitCode;
    }
}
