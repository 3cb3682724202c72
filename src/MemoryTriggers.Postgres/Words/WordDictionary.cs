using System.Collections.Concurrent;
using MemoryTriggers.Postgres.Connections;
using MemoryTriggers.Ranking;
using Npgsql;

namespace MemoryTriggers.Postgres.Words;

/// <summary>
/// The words of all memories, to read a misspelled one by. A word is noted before the first memory that has it, and stays when the last one
/// goes: a word that no memory has any more proposes nothing. Thread-safe.
/// </summary>
internal sealed class WordDictionary(NpgsqlDataSource source, SchemaNames names)
{
    private const int MaxKnown = 200_000;

    // Durable with the memories that follow: the log of the server is written in order.
    private const string Unhurried = "SELECT set_config('synchronous_commit', 'off', true)";

    // What this process knows to be there: most batches have no new word.
    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.Ordinal);
    private readonly string _add = $"INSERT INTO {names.WordTable} SELECT unnest($1::text[]) ON CONFLICT DO NOTHING";

    /// <summary>Notes the words of some memories, in a transaction of its own.</summary>
    /// <param name="vectors">As <see cref="SearchVector.Of"/> writes them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task LearnAsync(IEnumerable<string> vectors, CancellationToken cancellationToken)
    {
        var unknown = Unknown(vectors);
        if (unknown.Length == 0) return;

        var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        var batch = new NpgsqlBatch(connection);
        await using var disposing = batch.ConfigureAwait(false);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Unhurried));
        batch.BatchCommands.Add(Adding(unknown));
        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        Know(unknown);
    }

    /// <summary>
    /// The words that are not known to be noted, in order: two writers then wait for each other instead of blocking each other.
    /// </summary>
    public string[] Unknown(IEnumerable<string> vectors)
    {
        SortedSet<string>? unknown = null;
        var known = _known.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var vector in vectors)
        {
            for (var at = 0; SearchVector.Next(vector, ref at, out var lexeme);)
            {
                if (known.ContainsKey(vector.AsSpan(lexeme)) || !Spelling.CanBeMeant(vector.AsSpan(lexeme))) continue;
                (unknown ??= new(StringComparer.Ordinal)).Add(vector[lexeme]);
            }
        }

        return unknown is null ? [] : [.. unknown];
    }

    public NpgsqlBatchCommand Adding(string[] words)
    {
        var command = new NpgsqlBatchCommand(_add);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = words });
        return command;
    }

    /// <summary>After the words are committed.</summary>
    public void Know(string[] words)
    {
        if (_known.Count > MaxKnown) _known.Clear();
        foreach (var word in words) _known.TryAdd(word, true);
    }
}
