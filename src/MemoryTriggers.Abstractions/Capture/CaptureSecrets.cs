using System.Runtime.CompilerServices;
using System.Text;
using MemoryTriggers.Secrets;

namespace MemoryTriggers.Capture;

/// <summary>
/// The secret texts of one call, so that they can be removed from its exceptions, its result and its other values. An exception that was
/// cleaned once stays clean for the triggers further out, which do not know the secret.
/// </summary>
internal struct CaptureSecrets
{
    private const int ShortestSecret = 3;
    private const int MaxSecrets = 256;
    private static readonly ConditionalWeakTable<Exception, Scrubs> Known = new();

    // Most calls have one: it costs nothing until a text is to be cleaned.
    private string? _first;

    // All of them, where there are more. Never changed, so that a copy may share it.
    private string[]? _all;

    // With the forms in which they may appear elsewhere.
    private string[]? _forms;

    public readonly bool AreNone => _first is null;

    /// <summary>Every text in a value, whatever its shape.</summary>
    public void Add(object? value)
    {
        if (value is null) return;
        if (value is string text) Add(text);
        else SecretParts.Of(value, ref this);
    }

    public void Add(string? secret)
    {
        if (secret is null || secret.Length < ShortestSecret || _all?.Length >= MaxSecrets) return;
        if (_first is null) _first = secret;
        else if (_all is null && _first != secret) _all = [_first, secret];
        else if (_all is not null && Array.IndexOf(_all, secret) < 0) _all = [.. _all, secret];
        _forms = null;
    }

    /// <summary>Takes over what others know.</summary>
    public void Add(in CaptureSecrets others)
    {
        if (others._all is null) Add(others._first);
        else foreach (var text in others._all) Add(text);
    }

    /// <summary>Takes over what inner triggers knew of this exception, and leaves them what is known here.</summary>
    public void Share(Exception exception)
    {
        if (Known.TryGetValue(exception, out var inner)) Add(inner.Secrets);
        if (_first is not null) Known.AddOrUpdate(exception, new Scrubs(this));
    }

    /// <summary>The text without them, in any case, in Base64 and in the form of addresses.</summary>
    public string Clean(string text)
    {
        if (_first is null || text.Length < ShortestSecret) return text;
        // The longest first: one that begins with another must go as a whole.
        foreach (var form in _forms ??= Forms(_all ?? [_first]))
        {
            if (text.IndexOf(form, StringComparison.OrdinalIgnoreCase) < 0) continue;
            text = Replace(text, form);
            SecretCounts.Add(SecretKind.Declared);
        }

        return text;
    }

    private static string[] Forms(string[] texts)
    {
        var forms = new List<string>(texts.Length * 2);
        foreach (var text in texts)
        {
            forms.Add(text);
            var bytes = Encoding.UTF8.GetBytes(text);
            // Shorter ones are in texts by chance.
            if (text.Length >= 6)
            {
                var base64 = Convert.ToBase64String(bytes).TrimEnd('=');
                forms.Add(base64);
                forms.Add(base64.Replace('+', '-').Replace('/', '_'));
                forms.Add(BitConverter.ToString(bytes).Replace("-", "", StringComparison.Ordinal));
            }

            forms.Add(Uri.EscapeDataString(text));
            forms.Add(Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal));
            forms.Add(text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal));
        }

        return [.. forms.Distinct(StringComparer.Ordinal).OrderByDescending(static form => form.Length)];
    }

    private static string Replace(string text, string secret)
    {
        var clean = new StringBuilder(text.Length);
        var copied = 0;
        for (var at = text.IndexOf(secret, StringComparison.OrdinalIgnoreCase); at >= 0;
            at = text.IndexOf(secret, copied, StringComparison.OrdinalIgnoreCase))
        {
            clean.Append(text, copied, at - copied).Append(SecretText.Mark);
            copied = at + secret.Length;
        }

        return clean.Append(text, copied, text.Length - copied).ToString();
    }

    private sealed record Scrubs(CaptureSecrets Secrets);
}
