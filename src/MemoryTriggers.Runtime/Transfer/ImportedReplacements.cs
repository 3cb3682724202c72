namespace MemoryTriggers.Transfer;

/// <summary>Finds the lines of an import that would close a circle of memories that replace each other.</summary>
internal static class ImportedReplacements
{
    /// <summary>
    /// Divides a batch: the entries that may be stored, and those that would close a circle with entries before or stored ones.
    /// </summary>
    public static async ValueTask<(List<ImportedLine> Sound, List<ImportedLine> Closing)> DivideAsync(
        IMemoryBackend backend, IReadOnlyList<ImportedLine> batch, CancellationToken cancellationToken)
    {
        var successors = await StoredAsync(backend, batch, cancellationToken).ConfigureAwait(false);
        var (sound, closing) = (new List<ImportedLine>(batch.Count), new List<ImportedLine>());
        foreach (var line in batch)
        {
            // The later of two lines with one id counts.
            successors.Remove(line.Entry.Id);
            if (line.Entry.SupersededBy is not { } successor)
            {
                sound.Add(line);
                continue;
            }

            if (LeadsTo(successors, successor, line.Entry.Id))
            {
                closing.Add(line);
                continue;
            }

            successors[line.Entry.Id] = successor;
            sound.Add(line);
        }

        return (sound, closing);
    }

    private static bool LeadsTo(Dictionary<Guid, Guid> successors, Guid from, Guid to)
    {
        var seen = new HashSet<Guid>();
        for (var at = from; seen.Add(at);)
        {
            if (at == to) return true;
            if (!successors.TryGetValue(at, out at)) return false;
        }

        return false;
    }

    // What replaces the successors of the batch in the store, and what replaces that, and so on: a round for each step. What the store has
    // under an id of the batch does not count.
    private static async ValueTask<Dictionary<Guid, Guid>> StoredAsync(
        IMemoryBackend backend, IReadOnlyList<ImportedLine> batch, CancellationToken cancellationToken)
    {
        var successors = new Dictionary<Guid, Guid>();
        var seen = batch.Select(static line => line.Entry.Id).ToHashSet();
        var open = batch.Select(static line => line.Entry.SupersededBy).OfType<Guid>().Where(seen.Add).ToList();
        while (open.Count > 0)
        {
            var stored = await backend.GetManyAsync(open, cancellationToken).ConfigureAwait(false);
            open.Clear();
            foreach (var entry in stored)
            {
                if (entry.SupersededBy is not { } successor) continue;
                successors[entry.Id] = successor;
                if (seen.Add(successor)) open.Add(successor);
            }
        }

        return successors;
    }
}
