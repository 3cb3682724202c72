using System.Globalization;
using System.Security.Cryptography;

namespace MemoryTriggers.Postgres.Changes;

/// <summary>The notification of a writer: its id, and the ids of the written memories, or a star for too many.</summary>
internal sealed class ChangeMessage
{
    /// <summary>More are not named: the server takes less than 8,000 bytes.</summary>
    public const int MaxIds = 200;

    private const string TooMany = "*";
    private readonly string _sender = RandomNumberGenerator.GetHexString(16, lowercase: true);

    public string Write(IReadOnlyCollection<Guid> ids) =>
        ids.Count > MaxIds
            ? $"{_sender} {TooMany}"
            : $"{_sender} {string.Join(' ', ids.Select(static id => id.ToString("N", CultureInfo.InvariantCulture)))}";

    /// <param name="text">The text of a notification.</param>
    /// <param name="ids">The memories; <see langword="null"/> for any.</param>
    /// <returns><see langword="false"/> for a notification of this process.</returns>
    public bool TryRead(string text, out IReadOnlyList<Guid>? ids)
    {
        ids = null;
        var parts = text.Split(' ');
        if (parts[0] == _sender) return false;

        var read = new List<Guid>();
        foreach (var part in parts.Skip(1))
        {
            // Whatever is not understood, perhaps from a later version, may be about anything.
            if (!Guid.TryParseExact(part, "N", out var id)) return true;
            read.Add(id);
        }

        ids = read;
        return true;
    }
}
