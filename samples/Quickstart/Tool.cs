using System.ComponentModel;
using System.Diagnostics;

namespace Quickstart;

/// <summary>Runs a program to its end.</summary>
internal static class Tool
{
    /// <returns>What it printed.</returns>
    /// <exception cref="ToolException">It is not installed, or it ended with an error.</exception>
    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments)
    {
        using var process = Start(program, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new ToolException($"{program} ended with {process.ExitCode}: {(await error).Trim()}");
        return await output;
    }

    private static Process Start(string program, IEnumerable<string> arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (Win32Exception exception)
        {
            throw new ToolException($"{program} cannot be started; is it installed? ({exception.Message})", exception);
        }
    }
}
