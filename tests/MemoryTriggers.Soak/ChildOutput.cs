using System.Text;

namespace MemoryTriggers.Soak;

/// <summary>What a child says to its parent: whole lines, each handed to the kernel before the call returns. Thread-safe.</summary>
internal static class ChildOutput
{
    private static readonly Stream Output = Console.OpenStandardOutput();
    private static readonly Lock Gate = new();

    public static void Say(string line)
    {
        var bytes = Encoding.ASCII.GetBytes(line + "\n");
        lock (Gate) Output.Write(bytes);
    }
}
