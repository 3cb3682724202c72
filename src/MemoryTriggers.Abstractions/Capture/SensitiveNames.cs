namespace MemoryTriggers.Capture;

/// <summary>
/// Names that give a secret away. A string under such a name is never captured, attribute or not: a forgotten
/// <c>[Sensitive]</c> must not cost a password.
/// </summary>
internal static class SensitiveNames
{
    private static readonly string[] Words =
    [
        "password", "passwd", "passphrase", "pwd", "secret", "token", "apikey", "accesskey", "privatekey", "connectionstring",
        "credential", "authorization", "cookie",
    ];

    public static bool Contains(string name)
    {
        Span<char> letters = stackalloc char[Math.Min(name.Length, 128)];
        var length = 0;
        foreach (var character in name.AsSpan(0, letters.Length))
        {
            if (char.IsLetterOrDigit(character)) letters[length++] = char.ToLowerInvariant(character);
        }

        foreach (var word in Words)
        {
            if (letters.Slice(0, length).IndexOf(word.AsSpan()) >= 0) return true;
        }

        return false;
    }
}
