using System.Text.RegularExpressions;

namespace MemoryTriggers.Architecture.Words;

/// <summary>A word or phrase that documents and comments do not use.</summary>
/// <param name="Phrase">The words, separated by single spaces; case does not count.</param>
/// <param name="Instead">What to write.</param>
internal sealed record BannedWord(string Phrase, string Instead)
{
    // A phrase may continue on the next line, after the marks of a comment, a quotation or a list.
    private readonly Regex _pattern = new(
        @"(?<![\w`])" + Regex.Escape(Phrase).Replace(@"\ ", @"[\s/*>]+", StringComparison.Ordinal) + @"(?![\w`])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>The positions of the phrase in a text.</summary>
    public IEnumerable<int> In(string text) => _pattern.Matches(text).Select(static match => match.Index);
}
