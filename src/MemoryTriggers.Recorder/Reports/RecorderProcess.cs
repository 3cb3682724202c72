using System.Diagnostics;
using System.Text;

namespace MemoryTriggers.Reports;

/// <summary>
/// The recorder, in a process of its own: started when the run starts, so that it is ready when the run ends, and nothing that happens to
/// it, or that it loads, happens to the build. It goes on by itself where it is not waited for. Never throws.
/// </summary>
internal sealed class RecorderProcess : IDisposable
{
    /// <summary>The line behind which the recorder says nothing more: all of it is in the journal.</summary>
    public const string End = "--- recorded";

    // Where a logger is part of the program that it watches, the recorder is not beside it.
    private const string FolderKey = "MemoryTriggers.Recorder";

    private readonly Process _process;
    private readonly RecorderOptions _options;
    private readonly List<string> _lines = [];
    private readonly ManualResetEventSlim _ended = new();

    private RecorderProcess(Process process, RecorderOptions options)
    {
        (_process, _options) = (process, options);
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <returns><see langword="null"/> where it cannot be started.</returns>
    public static RecorderProcess? Start(RecorderOptions options, SourceRoot root)
    {
        try
        {
            var folder = AppContext.GetData(FolderKey) as string
                ?? Path.Combine(Path.GetDirectoryName(typeof(RecorderProcess).Assembly.Location) ?? "", "recorder");
            var start = new ProcessStartInfo(Host())
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
                StandardOutputEncoding = Encoding.UTF8,
                CreateNoWindow = true,
                WorkingDirectory = root.Path,
            };
            start.ArgumentList.Add(Path.Combine(folder, "MemoryTriggers.Recorder.dll"));
            start.ArgumentList.Add(root.Path);
            start.ArgumentList.Add(options.Data ?? "");
            start.ArgumentList.Add(options.Project ?? "");
            // What is set up for the build is none of the recorder's.
            start.Environment.Remove("DOTNET_STARTUP_HOOKS");
            start.Environment.Remove("CORECLR_ENABLE_PROFILING");
            return Process.Start(start) is { } process ? new RecorderProcess(process, options) : null;
        }
        catch (Exception)
        {
            // Build logger: whatever is wrong here, the build goes on as if there were no logger.
            return null;
        }
    }

    /// <summary>Hands the report over, waits until it is in the journal, within its bound, and says what earlier runs knew.</summary>
    /// <param name="report">The report of the run.</param>
    /// <param name="heading">The heading of the known failures.</param>
    public void Finish(RunReport report, string heading)
    {
        try
        {
            _process.StandardInput.Write(report.Write());
            _process.StandardInput.Close();
            _ended.Wait(_options.Wait);
        }
        catch (Exception)
        {
            // As above: a recorder that has died takes nothing with it.
        }

        lock (_lines)
        {
            if (_lines.Count > 0 && !_options.Quiet) Console.WriteLine(string.Join(Environment.NewLine + "  ", _lines.Prepend(heading)));
        }
    }

    public void Dispose() => _process.Dispose();

    private static string Host() =>
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host
        : Environment.ProcessPath is { } own && Path.GetFileNameWithoutExtension(own) == "dotnet" ? own
        : "dotnet";

    // The end of its output, where it has died, is an end as well.
    private void Hear(string? line)
    {
        if (line is null or End) _ended.Set();
        else
        {
            lock (_lines) _lines.Add(line);
        }
    }
}
