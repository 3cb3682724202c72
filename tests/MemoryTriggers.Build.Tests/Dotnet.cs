using System.Diagnostics;
using System.Text;

namespace MemoryTriggers.Build;

/// <summary>Runs a process, mostly the command line of the SDK, which ends, with all that it has started, when its time is up.</summary>
internal static class Dotnet
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    public static Task<BuildOutput> RunAsync(string folder, params string[] arguments) => RunAsync(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder });

    /// <param name="folder">Where it runs.</param>
    /// <param name="environment">What it finds in its environment besides.</param>
    /// <param name="arguments">Its arguments.</param>
    public static Task<BuildOutput> RunAsync(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return RunAsync(start);
    }

    public static Task<BuildOutput> RunProgramAsync(string file, params string[] arguments) => RunAsync(new ProcessStartInfo(file, arguments));

    /// <summary>The start of a process that gives its output away, and that takes nothing over from the run of these tests.</summary>
    public static ProcessStartInfo Prepare(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        // What the run of these tests has set for itself is none of the user's build.
        foreach (var name in start.Environment.Keys.Where(static name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList()) start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        return start;
    }

    private static async Task<BuildOutput> RunAsync(ProcessStartInfo start)
    {
        using var process = Process.Start(Prepare(start))!;
        var text = new StringBuilder();
        process.OutputDataReceived += (_, line) => Append(text, line.Data);
        process.ErrorDataReceived += (_, line) => Append(text, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Limit);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            lock (text) throw new TimeoutException($"{start.FileName} {string.Join(' ', start.ArgumentList)} did not end.\n{text}");
        }

        lock (text) return new BuildOutput(process.ExitCode, text.ToString());
    }

    private static void Append(StringBuilder text, string? line)
    {
        if (line is null) return;
        lock (text) text.AppendLine(line);
    }
}
