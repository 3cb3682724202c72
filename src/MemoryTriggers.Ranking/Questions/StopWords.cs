using System.Collections.Frozen;

namespace MemoryTriggers.Ranking;

/// <summary>Filler words of an English question. They are ignored unless a question has nothing else.</summary>
internal static class StopWords
{
    private static readonly FrozenSet<string> Words = (
        "a about also am an and any are as at be been being but by can could did do does doing done for from had has have " +
        "having he her hers herself him himself his how i if in into is it its itself just many me much my of on or our she " +
        "should so some than that the their theirs them themselves then there these they this those to too us very was we were " +
        "what when where which who whom whose why will with would you your").Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);

    // They say something, but little: what else the question says counts more.
    private static readonly FrozenSet<string> Weak = (
        "after before ever first get go going got happen happened kind last long make many more most name new now often old " +
        "one other say said thing things time two type up use want wanted").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    // "didn't" asks as "did" does. "can't" stays: it is what went wrong.
    private static readonly FrozenSet<string> Negated =
        "aren couldn didn doesn don hadn hasn haven isn shouldn wasn weren wouldn".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Contractions = "s ll ve re d m".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a word says nothing.</summary>
    public static bool Contains(string word) => Words.Contains(word);

    /// <summary>Whether a word says little of what a question is about.</summary>
    public static bool IsWeak(string word) => Weak.Contains(word);

    public static bool Contains(QuestionTerm term) => term.Words switch
    {
        [var word] => Words.Contains(word),
        [var verb, "t"] => Negated.Contains(verb),
        _ => false,
    };

    /// <summary>Whether this is what an apostrophe leaves of a filler word, or of a genitive: <c>Anna's</c>, <c>what're</c>.</summary>
    public static bool IsContraction(string ending) => Contractions.Contains(ending);
}
