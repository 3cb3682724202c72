namespace MemoryTriggers.Architecture;

/// <summary>One type of a project that uses another of the same project, each with the folder of its file.</summary>
/// <param name="From">The type that uses.</param>
/// <param name="FromFolder">Its folder, below the project; empty for the project's own.</param>
/// <param name="To">The type that is used.</param>
/// <param name="ToFolder">Its folder.</param>
internal sealed record TypeUse(string From, string FromFolder, string To, string ToFolder)
{
    public override string ToString() => $"{FromFolder}/{From} -> {ToFolder}/{To}";
}
