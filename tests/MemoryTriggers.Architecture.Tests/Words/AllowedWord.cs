namespace MemoryTriggers.Architecture.Words;

/// <summary>A place where a banned word is right.</summary>
/// <param name="File">The path of the file, from the root of the repository, with slashes.</param>
/// <param name="Phrase">The banned phrase.</param>
/// <param name="Line">A part of the line that holds it.</param>
/// <param name="Reason">Why the word stays.</param>
internal sealed record AllowedWord(string File, string Phrase, string Line, string Reason)
{
    public bool Covers(string file, string phrase, string line) =>
        file == File && phrase == Phrase && line.Contains(Line, StringComparison.Ordinal);
}
