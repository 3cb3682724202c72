using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MemoryTriggers.Errors;

namespace MemoryTriggers;

/// <summary>
/// What two occurrences of the same fault have in common: the types of the exception and of what caused it, their messages without what
/// differs from time to time (numbers, ids, times, addresses, paths), and the method of the user's code that stood nearest to the fault.
/// Line numbers, lambda numbers, generic arguments and threads do not count. 64 bits of SHA-256, as 16 hexadecimal digits.
/// </summary>
public readonly record struct ErrorFingerprint
{
    internal const string Tag = "error:";
    internal const string ResolvesTag = "resolves:";
    internal const string CoincidesTag = "coincides:";

    // On a memory of an exception that an earlier memory tells of already: it does not count as one more time.
    internal const string EchoTag = "error-echo";
    private const int Digits = 16;

    private ErrorFingerprint(string value) => Value = value;

    /// <summary>The 16 digits.</summary>
    public string Value { get; }

    /// <summary>The tag of memories of this error.</summary>
    public string ErrorTag => Tag + Value;

    /// <summary>The tag of memories that say how it was resolved.</summary>
    public string ResolutionTag => ResolvesTag + Value;

    /// <summary>
    /// The tag of a later success of the operation that failed, with an input that was not captured or only in part: it may say that the
    /// error is gone, and does not say that it is resolved.
    /// </summary>
    public string CoincidenceTag => CoincidesTag + Value;

    /// <summary>The fingerprint of an exception that was thrown.</summary>
    public static ErrorFingerprint Of(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var chain = new List<ErrorPart>();
        for (var current = exception; current is not null && chain.Count < ErrorPart.MaxChain; current = current.InnerException)
            chain.Add(new ErrorPart(current.GetType().FullName ?? current.GetType().Name, Read(current, static e => e.Message),
                Read(current, static e => e.StackTrace)));
        return Of(chain);
    }

    /// <summary>Reads 16 hexadecimal digits, with or without <c>error:</c> before them.</summary>
    public static bool TryParse(string? text, out ErrorFingerprint fingerprint)
    {
        text = text?.Trim();
        if (text is not null && text.StartsWith(Tag, StringComparison.OrdinalIgnoreCase)) text = text[Tag.Length..];
        var isOne = text is { Length: Digits } && ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _);
        fingerprint = isOne ? new ErrorFingerprint(text!.ToLowerInvariant()) : default;
        return isOne;
    }

    /// <summary>The 16 digits.</summary>
    public override string ToString() => Value ?? "";

    /// <summary>The fingerprint of an exception and what caused it, the outermost first.</summary>
    internal static ErrorFingerprint Of(IReadOnlyList<ErrorPart> chain)
    {
        // What only carries another exception says nothing itself.
        var first = 0;
        while (first + 1 < chain.Count && chain[first].IsWrapper) first++;

        var text = new StringBuilder();
        for (var i = first; i < chain.Count; i++)
            text.Append(chain[i].Type).Append('\n').Append(ErrorMessage.Normalize(chain[i].Message)).Append('\n');
        text.Append(ErrorFrame.NearestOfUser(chain.Skip(first).Concat(chain.Take(first)).Select(static part => part.StackTrace)
            .FirstOrDefault(static trace => trace.Length > 0) ?? ""));
        return new ErrorFingerprint(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))
            .AsSpan(0, Digits / 2)));
    }

    // Both may run user code.
    private static string Read(Exception exception, Func<Exception, string?> read)
    {
        try
        {
            return read(exception) ?? "";
        }
        catch (Exception unreadable) when (unreadable is not OutOfMemoryException)
        {
            return "";
        }
    }
}
