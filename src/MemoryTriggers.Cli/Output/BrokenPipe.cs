namespace MemoryTriggers.Cli.Output;

/// <summary>Tells whether writing failed because the reader closed the pipe.</summary>
internal static class BrokenPipe
{
    // EPIPE of Linux and macOS; ERROR_BROKEN_PIPE and ERROR_NO_DATA of Windows.
    public static bool Is(IOException exception) => exception.HResult is 32 or unchecked((int)0x8007006D) or unchecked((int)0x800700E8);
}
