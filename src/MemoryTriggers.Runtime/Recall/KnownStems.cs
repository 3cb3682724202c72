using System.Collections.Concurrent;

namespace MemoryTriggers.Recall;

/// <summary>
/// The stems of the words that a program uses: they are few, and come again and again. Stemming was most of what the backend adds to an insert.
/// Thread-safe.
/// </summary>
internal static class KnownStems
{
    private const int MaxWords = 8_192;
    private const int MaxLetters = 32;
    private static readonly ConcurrentDictionary<string, string> Stems = new(StringComparer.Ordinal);
    private static int _count;

    public static string Of(string word)
    {
        if (Stems.TryGetValue(word, out var known)) return known;

        var stem = PorterStemmer.Stem(word);

        // A word with a digit is likely a number that never comes again. Approximately bounded: two threads may add at once.
        if (word.Length <= MaxLetters && Volatile.Read(ref _count) < MaxWords && !word.AsSpan().ContainsAnyInRange('0', '9') && Stems.TryAdd(word, stem))
            Interlocked.Increment(ref _count);
        return stem;
    }
}
