using System.Diagnostics;

namespace MemoryTriggers.Soak;

/// <summary>This program started once more, as a victim. It is gone when this is disposed.</summary>
internal sealed class ChildProcess : IDisposable
{
    private const int KilledExitCode = 128 + 9;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly CancellationTokenSource _deadline;

    private ChildProcess(Process process, CancellationToken token)
    {
        _process = process;
        _deadline = CancellationTokenSource.CreateLinkedTokenSource(token);
        _deadline.CancelAfter(Patience);
    }

    /// <summary>Whether it ended as somebody who was killed does.</summary>
    public bool WasKilled => _process is { HasExited: true, ExitCode: KilledExitCode };

    public bool EndedWell => _process is { HasExited: true, ExitCode: 0 };

    public static ChildProcess Start(CancellationToken token, params IEnumerable<object> arguments) => Start(token, new Dictionary<string, string>(), arguments);

    public static ChildProcess Start(CancellationToken token, IReadOnlyDictionary<string, string> environment, IEnumerable<object> arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        start.ArgumentList.Add(typeof(ChildProcess).Assembly.Location);
        foreach (var argument in arguments) start.ArgumentList.Add(FormattableString.Invariant($"{argument}"));
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new ChildProcess(Process.Start(start)!, token);
    }

    /// <summary>Gives it longer than the minute that every child has.</summary>
    public void Extend(TimeSpan time) => _deadline.CancelAfter(time + Patience);

    /// <summary>The next line, or nothing when it has ended and everything it said was read.</summary>
    public async Task<string?> ReadLineAsync() => await _process.StandardOutput.ReadLineAsync(_deadline.Token);

    /// <summary>SIGKILL after the delay, while somebody reads.</summary>
    public async Task KillAfterAsync(int milliseconds)
    {
        await Task.Delay(milliseconds, _deadline.Token);
        if (!_process.HasExited) _process.Kill();
    }

    public Task WaitAsync() => _process.WaitForExitAsync(_deadline.Token);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
        _deadline.Dispose();
    }
}
