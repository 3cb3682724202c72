using System.Text;
using Microsoft.Win32.SafeHandles;

namespace MemoryTriggers.Soak;

/// <summary>
/// What a child says to its parent: whole lines, each handed to the kernel before the call returns. Thread-safe. Not the stream of the console,
/// which hides that nobody reads any more: a child whose parent is gone must end.
/// </summary>
internal static class ChildOutput
{
    private const int StandardOutput = 1;
    private static readonly FileStream Output = new(new SafeFileHandle(StandardOutput, ownsHandle: false), FileAccess.Write, bufferSize: 0);
    private static readonly Lock Gate = new();

    public static void Say(string line)
    {
        var bytes = Encoding.ASCII.GetBytes(line + "\n");
        lock (Gate) Output.Write(bytes);
    }
}
