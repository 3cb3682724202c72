using System.Collections.Frozen;

namespace MemoryTriggers.Recall;

/// <summary>Filler words of an English question. They are ignored unless a question has nothing else.</summary>
internal static class StopWords
{
    private static readonly FrozenSet<string> Words = (
        "a an and any are as at be been but by can could did do does for from had has have how i if in into is it its " +
        "me my of on or our should so than that the their them then there these they this those to us was we were what " +
        "when where which who whom whose why will with would you your").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    public static bool Contains(string word) => Words.Contains(word);
}
