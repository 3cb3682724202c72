using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace MemoryTriggers.Cli.Watching;

/// <summary>A command that goes on until somebody ends it: at the latest the test.</summary>
internal sealed class WatchingTool(ProcessStartInfo start) : IDisposable
{
    public Process Process { get; } = Process.Start(start)!;

    /// <summary>The content of the memory on the next line.</summary>
    public async Task<string?> ContentAsync(CancellationToken token) =>
        JsonElement.Parse((await Process.StandardOutput.ReadLineAsync(token))!).GetProperty("content").GetString();

    public async Task<string> ReadUntilAsync(string text, int times, CancellationToken token)
    {
        var (output, buffer) = ("", new char[1024]);
        while (output.Split(text).Length <= times && await Process.StandardOutput.ReadAsync(buffer, token) is > 0 and var read) output += new string(buffer, 0, read);
        return output;
    }

    /// <summary>Sends what Ctrl-C sends.</summary>
    public async Task<int> InterruptAsync(CancellationToken token)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sends SIGINT with the command kill");
        using (var kill = Process.Start("kill", ["-INT", Process.Id.ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync(token);
        await Process.WaitForExitAsync(token);
        return Process.ExitCode;
    }

    public void Dispose()
    {
        if (!Process.HasExited) Process.Kill(entireProcessTree: true);
        Process.Dispose();
    }
}
