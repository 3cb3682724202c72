namespace MemoryTriggers.Secrets;

/// <summary>
/// Names that give a secret away, of members of every kind. A name is split into its words, which are compared in all their forms:
/// <c>dbPassword</c>, <c>smtp_pass</c>, <c>XApiKey</c>, <c>passwords</c>. What is under such a name is never captured, attribute or not: a
/// forgotten <c>[Sensitive]</c> must not cost a password. The compiler part has this very file.
/// </summary>
internal static class SecretNames
{
    private const int MaxLength = 128;
    private const int MaxWords = 24;

    /// <summary>Whether a text, or an object, under this name is a secret.</summary>
    public static bool Contains(string name) => Contains(name.AsSpan());

    /// <summary>Whether a text, or an object, under this name is a secret.</summary>
    public static bool Contains(ReadOnlySpan<char> name)
    {
        // The end of a path says what it is.
        if (name.Length > MaxLength) name = name.Slice(name.Length - MaxLength);
        Span<char> letters = stackalloc char[name.Length];
        Span<byte> ends = stackalloc byte[MaxWords];
        var words = new Words(letters, ends);
        words.Split(name);
        return words.AreSecret();
    }

    /// <summary>Whether numbers under this name are counts: <c>maxTokens</c>, <c>input_tokens</c>.</summary>
    public static bool Counts(string name) => Counts(name.AsSpan());

    /// <summary>Whether numbers under this name are counts: <c>maxTokens</c>, <c>input_tokens</c>.</summary>
    public static bool Counts(ReadOnlySpan<char> name)
    {
        // "input_tokens_details" too.
        if (EndsWith(name, "pass")) return true;
        for (var index = 0; index + 6 <= name.Length; index++)
        {
            if (name.Slice(index, 6).Equals("tokens".AsSpan(), StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    private static bool EndsWith(ReadOnlySpan<char> text, string end) => text.EndsWith(end.AsSpan(), StringComparison.OrdinalIgnoreCase);

    /// <summary>The words of a name in lower case: <c>APIKey2</c> has <c>api</c> and <c>key</c>.</summary>
    private ref struct Words(Span<char> letters, Span<byte> ends)
    {
        private readonly Span<char> _letters = letters;
        private readonly Span<byte> _ends = ends;
        private int _length;
        private int _count;

        public void Split(ReadOnlySpan<char> name)
        {
            for (var index = 0; index < name.Length && _count < MaxWords - 1; index++)
            {
                var character = name[index];
                if (!char.IsLetter(character))
                {
                    EndWord();
                    if (character == '2' && IsTwoFactor(name, index))
                    {
                        // Of the same length.
                        "mfa".AsSpan().CopyTo(_letters.Slice(_length));
                        _length += 3;
                        EndWord();
                        index += 2;
                    }

                    continue;
                }

                if (char.IsUpper(character) && index > 0 && BeginsWord(name, index)) EndWord();
                _letters[_length++] = char.ToLowerInvariant(character);
            }

            EndWord();
        }

        public readonly bool AreSecret()
        {
            if (_count == 0) return false;
            var last = Word(_count - 1);
            if (_count > 1 && Is(last, SecretWords.About)) return false;
            for (var index = 0; index < _count; index++)
            {
                if (IsHarmless(index)) continue;
                var word = Word(index);
                if (Is(word, SecretWords.Anywhere) || index == _count - 1 && Is(word, SecretWords.Last) || HasEnding(word)) return true;
                if (index > 0 && IsPair(Word(index - 1), word)) return true;
            }

            return IsOneInPieces("password") || IsOneInPieces("apikey") || IsOneInPieces("passphrase") || IsOneInPieces("onetimecode");
        }

        private readonly ReadOnlySpan<char> Word(int index)
        {
            var start = index == 0 ? 0 : _ends[index - 1];
            return _letters.Slice(start, _ends[index] - start);
        }

        private void EndWord()
        {
            if (_length > (_count == 0 ? 0 : _ends[_count - 1])) _ends[_count++] = (byte)_length;
        }

        // "2fa", "user_2fa": and not where hexadecimal digits go on.
        private static bool IsTwoFactor(ReadOnlySpan<char> name, int index) =>
            name.Length >= index + 3 && name.Slice(index + 1, 2).Equals("fa".AsSpan(), StringComparison.OrdinalIgnoreCase)
            && (index == 0 || !char.IsDigit(name[index - 1]))
            && (name.Length == index + 3 || !char.IsDigit(name[index + 3]) && !char.IsLower(name[index + 3]));

        // "dbPassword" at P; "APIKey" at K.
        private static bool BeginsWord(ReadOnlySpan<char> name, int index) =>
            char.IsLower(name[index - 1])
            || char.IsUpper(name[index - 1]) && index + 1 < name.Length && char.IsLower(name[index + 1]) && !IsPlural(name, index);

        // "PINs", "JWTs".
        private static bool IsPlural(ReadOnlySpan<char> name, int index) =>
            name[index + 1] == 's' && (index + 2 == name.Length || !char.IsLower(name[index + 2]));

        private readonly bool IsHarmless(int index)
        {
            if (index == 0) return false;
            var before = Word(index - 1);
            var word = Word(index);
            foreach (var (first, second) in SecretWords.Harmless)
            {
                if (!Same(word, second) || !Same(before, first)) continue;
                // Of all keys only the public one's token is harmless: it is in the names of assemblies.
                if (first != "key" || index > 1 && Same(Word(index - 2), "public")) return true;
            }

            return false;
        }

        private static bool IsPair(ReadOnlySpan<char> first, ReadOnlySpan<char> second)
        {
            if (Same(second, "key") || Same(second, "keys")) return Is(first, SecretWords.BeforeKey);
            if (Same(second, "code") || Same(second, "codes")) return Is(first, SecretWords.BeforeCode) || Same(first, "pass");
            foreach (var pair in SecretWords.Pairs)
            {
                if (Same(first, pair.First) && Same(second, pair.Second)) return true;
            }

            return false;
        }

        private static bool HasEnding(ReadOnlySpan<char> word)
        {
            if (word.Length > 1 && word[word.Length - 1] == 's') word = word.Slice(0, word.Length - 1);
            foreach (var ending in SecretWords.Endings)
            {
                if (word.EndsWith(ending.AsSpan(), StringComparison.Ordinal)) return true;
            }

            return word.IndexOf("password".AsSpan(), StringComparison.Ordinal) >= 0
                || word.IndexOf("credential".AsSpan(), StringComparison.Ordinal) >= 0;
        }

        // "p_a_s_s_word", "aPIKey".
        private readonly bool IsOneInPieces(string word) =>
            _letters.Slice(0, _length).IndexOf(word.AsSpan(), StringComparison.Ordinal) >= 0;

        private static bool Is(ReadOnlySpan<char> word, string[] words)
        {
            foreach (var one in words)
            {
                if (Same(word, one)) return true;
            }

            return false;
        }

        private static bool Same(ReadOnlySpan<char> word, string other) => word.SequenceEqual(other.AsSpan());
    }
}
