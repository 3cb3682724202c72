using System.Collections.Concurrent;

namespace MemoryTriggers.Ranking;

/// <summary>
/// The stems of the words that a program uses: they are few, and come again and again. Stemming was most of what the backend adds to an
/// insert.
/// Thread-safe.
/// </summary>
internal static class KnownStems
{
    private const int MaxWords = 8_192;
    private const int MaxLetters = 32;
    private static readonly ConcurrentDictionary<string, string> Stems = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Known =
        Stems.GetAlternateLookup<ReadOnlySpan<char>>();
    private static int _count;

    public static string Of(string word) => Stems.TryGetValue(word, out var known) ? known : Learn(word);

    /// <summary>The stem of a word of a text. One that is known needs no string of its own.</summary>
    public static string Of(ReadOnlySpan<char> letters) => Known.TryGetValue(letters, out var known) ? known : Learn(letters.ToString());

    private static string Learn(string word)
    {
        var stem = PorterStemmer.Stem(word);

        // A word with a digit is likely a number that never comes again. Approximately bounded: two threads may add at once.
        if (word.Length <= MaxLetters && Volatile.Read(ref _count) < MaxWords && !word.AsSpan().ContainsAnyInRange('0', '9')
            && Stems.TryAdd(word, stem))
            Interlocked.Increment(ref _count);
        return stem;
    }
}
