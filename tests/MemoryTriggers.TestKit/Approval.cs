namespace MemoryTriggers.TestKit;

/// <summary>Compares a text with the one that somebody approved and that stands beside the tests.</summary>
internal static class Approval
{
    /// <summary>When they differ, writes what it found beside the approved text, and fails.</summary>
    public static void Verify(string found, string folder, string name)
    {
        found = found.ReplaceLineEndings("\n");
        var approved = Path.Combine(folder, $"{name}.approved.txt");
        if (File.Exists(approved) && File.ReadAllText(approved).ReplaceLineEndings("\n") == found) return;

        var received = Path.Combine(folder, $"{name}.received.txt");
        File.WriteAllText(received, found);
        throw new InvalidOperationException($"{name} has changed. If that is meant, replace {Path.GetFileName(approved)} by {Path.GetFileName(received)}.");
    }
}
