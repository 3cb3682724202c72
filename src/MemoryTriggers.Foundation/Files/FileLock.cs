namespace MemoryTriggers.Files;

/// <summary>
/// Lets one writer at a time at a file, across processes. The lock is advisory, on a file beside the one that is written, and ends with its
/// process. Thread-safe.
/// </summary>
/// <param name="backend">The backend, for the message.</param>
/// <param name="path">The file that is locked.</param>
/// <param name="timeout">How long to wait for it.</param>
internal sealed class FileLock(string backend, string path, TimeSpan timeout)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    // The system's clock and no other: what it waits for is another process. That may be one that this process has just forked for
    // something else, and that holds its files until it has become another program.
    private static readonly TimeProvider Time = TimeProvider.System;

    /// <exception cref="MemoryBackendException">Another process held it for the whole time.</exception>
    public async ValueTask<IDisposable> AcquireAsync(CancellationToken cancellationToken)
    {
        var start = Time.GetTimestamp();
        while (true)
        {
            if (TryOpen() is { } held) return held;

            if (Time.GetElapsedTime(start) >= timeout)
            {
                throw new MemoryBackendException(
                    backend, $"Another process has been writing the same file for {timeout.TotalSeconds:0.###} s.", isTransient: true);
            }

            await Task.Delay(Pause, Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private FileStream? TryOpen()
    {
        MakeWay(path);
        try
        {
            return PrivateFile.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, bufferSize: 0);
        }
        catch (IOException exception) when (IsHeld(exception))
        {
            return null;
        }
    }

    /// <summary>Sets aside what is no file, such as a folder or a pipe, which would keep every writer waiting.</summary>
    public static void MakeWay(string path)
    {
        if (SetAside.Misfit(path, SystemDisk.Instance) is not null) SetAside.Move(path, SystemDisk.Instance, Time);
    }

    // Other errors of opening (no directory, no space) must not be mistaken for a held lock.
    public static bool IsHeld(IOException exception) =>
        exception.GetType() == typeof(IOException) && exception.HResult is 11 or 35 or unchecked((int)0x80070020);
}
