using System.Runtime.CompilerServices;

namespace MemoryTriggers.Capture;

/// <summary>
/// The secret texts of one call, so that they can be removed from the messages of its exceptions. An exception that was cleaned
/// once stays clean for the triggers further out, which do not know the secret.
/// </summary>
internal struct CaptureSecrets
{
    private const int ShortestSecret = 3;
    private static readonly ConditionalWeakTable<Exception, Scrubs> Known = new();

    private string? _first;
    private List<string>? _others;

    public void Add(string? secret)
    {
        if (secret is null || secret.Length < ShortestSecret) return;
        if (_first is null) _first = secret;
        else (_others ??= []).Add(secret);
    }

    /// <summary>Takes over what inner triggers knew of this exception, and leaves them what is known here.</summary>
    public void Share(Exception exception)
    {
        if (_first is null)
        {
            if (Known.TryGetValue(exception, out var inner)) (_first, _others) = (inner.First, inner.Others);
            return;
        }

        if (Known.TryGetValue(exception, out var shared))
        {
            var mine = this;
            _others = [.. mine._others ?? [], shared.First, .. shared.Others ?? []];
        }

        Known.AddOrUpdate(exception, new Scrubs(_first, _others));
    }

    public readonly string Clean(string text)
    {
        if (_first is null) return text;
        text = text.Replace(_first, CaptureMarkers.Sensitive, StringComparison.Ordinal);
        foreach (var other in _others ?? []) text = text.Replace(other, CaptureMarkers.Sensitive, StringComparison.Ordinal);
        return text;
    }

    private sealed record Scrubs(string First, List<string>? Others);
}
