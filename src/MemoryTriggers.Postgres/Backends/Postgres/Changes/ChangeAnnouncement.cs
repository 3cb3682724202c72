using System.Globalization;
using System.Security.Cryptography;
using Npgsql;

namespace MemoryTriggers.Backends.Postgres.Changes;

/// <summary>
/// What a writer tells the others: who it is, and which memories it wrote, or a star for too many to name. The server delivers it with the
/// commit, or never.
/// </summary>
internal sealed class ChangeAnnouncement(SchemaNames names, bool isEnabled)
{
    private const string TooMany = "*";

    // The server takes less than 8,000 bytes.
    private const int MaxIds = 200;

    private readonly string _sender = RandomNumberGenerator.GetHexString(16, lowercase: true);

    /// <returns><see langword="null"/> when nobody is to be told.</returns>
    public NpgsqlBatchCommand? Command(IEnumerable<Guid> ids)
    {
        if (!isEnabled) return null;

        var command = new NpgsqlBatchCommand("SELECT pg_notify($1, $2)");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = names.Channel });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Write(ids) });
        return command;
    }

    /// <param name="text">What somebody has told.</param>
    /// <param name="ids">The memories; <see langword="null"/> for any.</param>
    /// <returns><see langword="false"/> for what this process told itself.</returns>
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

    private string Write(IEnumerable<Guid> ids)
    {
        var named = ids.Take(MaxIds + 1).Select(static id => id.ToString("N", CultureInfo.InvariantCulture)).ToList();
        return $"{_sender} {(named.Count > MaxIds ? TooMany : string.Join(' ', named))}";
    }
}
