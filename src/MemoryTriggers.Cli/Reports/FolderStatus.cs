using MemoryTriggers.Cli.Invocation;

namespace MemoryTriggers.Cli.Reports;

/// <summary>The content of a data folder, or of a server, at this moment, read from outside.</summary>
internal sealed record FolderStatus
{
    /// <summary>The data folder; <see langword="null"/> when only a server was named.</summary>
    public required string? Folder { get; init; }

    public required string Store { get; init; }

    public required string Kind { get; init; }

    /// <summary>The size of the files of the store, in bytes; <see langword="null"/> for a server.</summary>
    public required long? StoreBytes { get; init; }

    public required long Memories { get; init; }

    public required DateTimeOffset? Newest { get; init; }

    /// <summary>How the memories of the last hour ended.</summary>
    public required IReadOnlyDictionary<TriggerOutcome, long> LastHour { get; init; }

    public required IReadOnlyList<JournalInspection> Journals { get; init; }

    public required int DeadLetters { get; init; }

    /// <summary>What the living processes say of their stores.</summary>
    public IReadOnlyList<RunningProcess> Running => RunningProcess.Of(Journals);

    public long Pending => Journals.Sum(static journal => journal.Pending + (journal.Held ?? 0));

    /// <summary>How many living processes have a journal here.</summary>
    public int Processes => Journals.Count(static journal => journal.IsInUse);

    public static async Task<FolderStatus> ReadAsync(CommandSession session)
    {
        var folder = session.FolderIfAny;
        await using var store = await session.OpenAsync();
        var all = session.Scope with { Limit = 1 };
        var newest = await store.Backend.QueryAsync(all, session.Token);
        var lastHour = await store.Backend.GetStatisticsAsync(all with { Since = session.Time.GetUtcNow() - TimeSpan.FromHours(1) },
            session.Token);
        return new FolderStatus
        {
            Folder = folder?.Path,
            Store = session.Server?.Name ?? folder!.Store,
            Kind = store.Backend.Name,
            StoreBytes = session.Server is null
                ? Size(folder!.Store) + Size(folder.Store + "-wal") + Size(folder.Store + "-journal")
                : null,
            Memories = await store.Backend.CountAsync(all, session.Token),
            Newest = newest.Count > 0 ? newest[0].CreatedAt : null,
            LastHour = lastHour.ByOutcome,
            Journals = [.. (folder?.Journals ?? []).Select(JournalInspector.Inspect)],
            DeadLetters = folder?.Letters(session.Time).Count ?? 0,
        };
    }

    private static long Size(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;
}
