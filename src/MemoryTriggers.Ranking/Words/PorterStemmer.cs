namespace MemoryTriggers.Ranking;

/// <summary>
/// Porter's algorithm of 1980 for English, with the limits of SQLite's <c>porter</c> tokenizer: words of fewer than three or
/// more than 64 bytes, and words that are not plain Latin letters, stay as they are.
/// </summary>
internal static class PorterStemmer
{
    private static readonly (string Suffix, string By)[] Second =
    [
        ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("abli", "able"),
        ("alli", "al"), ("entli", "ent"), ("eli", "e"), ("ousli", "ous"), ("ization", "ize"), ("ation", "ate"),
        ("ator", "ate"), ("alism", "al"), ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"), ("aliti", "al"),
        ("iviti", "ive"), ("biliti", "ble"), ("logi", "log"), ("bli", "ble"),
    ];

    private static readonly (string Suffix, string By)[] Third =
    [
        ("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", ""),
    ];

    private static readonly string[] Fourth =
    [
        "ement", "ment", "ance", "ence", "able", "ible", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize",
        "al", "er", "ic", "ou",
    ];

    public static string Stem(string word)
    {
        if (word.Length is < 3 or > 64 || word.AsSpan().ContainsAnyExceptInRange('a', 'z')) return word;

        var stem = Endings(Plural(word));
        if (stem.EndsWith('y') && HasVowel(stem.AsSpan(0, stem.Length - 1))) stem = stem[..^1] + "i";
        stem = Replace(Replace(stem, Second), Third);
        return Last(Suffix(stem));
    }

    private static string Plural(string word)
    {
        if (word.EndsWith("sses", StringComparison.Ordinal) || word.EndsWith("ies", StringComparison.Ordinal)) return word[..^2];
        return word.EndsWith('s') && !word.EndsWith("ss", StringComparison.Ordinal) ? word[..^1] : word;
    }

    private static string Endings(string word)
    {
        if (word.EndsWith("eed", StringComparison.Ordinal))
            return Measure(word.AsSpan(0, word.Length - 3)) > 0 ? word[..^1] : word;

        var cut = word.EndsWith("ed", StringComparison.Ordinal) ? 2 : word.EndsWith("ing", StringComparison.Ordinal) ? 3 : 0;
        if (cut == 0 || !HasVowel(word.AsSpan(0, word.Length - cut))) return word;

        var stem = word[..^cut];
        if (stem.EndsWith("at", StringComparison.Ordinal) || stem.EndsWith("bl", StringComparison.Ordinal)
            || stem.EndsWith("iz", StringComparison.Ordinal)) return stem + "e";
        if (EndsDouble(stem) && stem[^1] is not ('l' or 's' or 'z')) return stem[..^1];
        return Measure(stem) == 1 && EndsShort(stem) ? stem + "e" : stem;
    }

    private static string Replace(string word, (string Suffix, string By)[] rules)
    {
        foreach (var (suffix, by) in rules)
        {
            if (!word.EndsWith(suffix, StringComparison.Ordinal)) continue;

            var stem = word.AsSpan(0, word.Length - suffix.Length);
            return Measure(stem) > 0 ? string.Concat(stem, by) : word;
        }

        return word;
    }

    private static string Suffix(string word)
    {
        foreach (var suffix in Fourth)
        {
            if (!word.EndsWith(suffix, StringComparison.Ordinal)) continue;
            return Measure(word.AsSpan(0, word.Length - suffix.Length)) > 1 ? word[..^suffix.Length] : word;
        }

        return (word.EndsWith("sion", StringComparison.Ordinal) || word.EndsWith("tion", StringComparison.Ordinal))
            && Measure(word.AsSpan(0, word.Length - 3)) > 1 ? word[..^3] : word;
    }

    private static string Last(string word)
    {
        if (word.EndsWith('e'))
        {
            var stem = word.AsSpan(0, word.Length - 1);
            var measure = Measure(stem);
            if (measure > 1 || (measure == 1 && !EndsShort(stem))) word = word[..^1];
        }

        return word.EndsWith("ll", StringComparison.Ordinal) && Measure(word) > 1 ? word[..^1] : word;
    }

    private static bool IsVowel(ReadOnlySpan<char> word, int index) => word[index] switch
    {
        'a' or 'e' or 'i' or 'o' or 'u' => true,
        'y' => index > 0 && !IsVowel(word, index - 1),
        _ => false,
    };

    private static bool HasVowel(ReadOnlySpan<char> word)
    {
        for (var i = 0; i < word.Length; i++)
            if (IsVowel(word, i)) return true;
        return false;
    }

    /// <summary>How often a vowel is followed by a consonant.</summary>
    private static int Measure(ReadOnlySpan<char> word)
    {
        var count = 0;
        for (var i = 1; i < word.Length; i++)
            if (IsVowel(word, i - 1) && !IsVowel(word, i)) count++;
        return count;
    }

    private static bool EndsDouble(ReadOnlySpan<char> word) =>
        word.Length > 1 && word[^1] == word[^2] && !IsVowel(word, word.Length - 1);

    private static bool EndsShort(ReadOnlySpan<char> word) =>
        word.Length > 2 && !IsVowel(word, word.Length - 1) && IsVowel(word, word.Length - 2)
        && !IsVowel(word, word.Length - 3) && word[^1] is not ('w' or 'x' or 'y');
}
