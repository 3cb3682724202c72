using Microsoft.Win32.SafeHandles;

namespace MemoryTriggers.Cli.Output;

/// <summary>Standard output, where it tells that a pipe has no reader any more: the console of .NET keeps that to itself.</summary>
internal static class StandardOutput
{
    public static Stream Open()
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected) return Console.OpenStandardOutput();

        var pipe = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        // A file is shared with standard error by its position, which a stream of our own would not move.
        return pipe.CanSeek ? Console.OpenStandardOutput() : pipe;
    }
}
