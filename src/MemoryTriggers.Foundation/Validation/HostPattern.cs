using System.Net;

namespace MemoryTriggers.Validation;

/// <summary>
/// The rule for the hosts that may be called: names, patterns of names (<c>*</c>, <c>?</c>, <c>[abc]</c>) and IP addresses.
/// </summary>
internal static class HostPattern
{
    /// <returns>What is wrong with it; <see langword="null"/> when nothing is. Such a pattern would never match.</returns>
    public static string? Problem(string text)
    {
        if (text.Length == 0) return "must not be empty";
        if (IPAddress.TryParse(text, out _) || text.All(IsOfPattern)) return null;
        return text.Any(static letter => letter > '\x7f')
            ? "must be written with ASCII letters, as in xn--bcher-kva.example"
            : "must be a host such as hooks.example.com or *.example.com, without scheme, port, path and white space";
    }

    private static bool IsOfPattern(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_' or '*' or '?' or '[' or
        ']' or '!';
}
