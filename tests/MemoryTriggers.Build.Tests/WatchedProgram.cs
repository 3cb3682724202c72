using System.Diagnostics;
using System.Text;
using System.Threading.Channels;

namespace MemoryTriggers.Build;

/// <summary>A program under <c>dotnet watch</c>, which ends with this.</summary>
internal sealed class WatchedProgram : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly StringBuilder _text = new();
    private readonly Process _process;

    public WatchedProgram(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["watch", "--non-interactive", "run", "--no-restore", "--", .. arguments]) { WorkingDirectory = folder };
        _process = Process.Start(Dotnet.Prepare(start))!;
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Waits until all of this was said, in whatever order.</summary>
    public async Task WaitForAsync(params string[] parts)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Limit);
        try
        {
            while (!parts.All(part => _text.ToString().Contains(part, StringComparison.Ordinal))) _text.AppendLine(await _lines.Reader.ReadAsync(deadline.Token));
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"not said: {string.Join(", ", parts)}\n{_text}");
        }
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit(Limit);
        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is not null) _lines.Writer.TryWrite(line);
    }
}
