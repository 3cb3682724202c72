using LiteDB;
using MemoryTriggers.Ranking;
using MemoryTriggers.Ranking.Conversations;

namespace MemoryTriggers.Documents;

/// <summary>Everything that reads memories out of their collection.</summary>
internal static class EntryReads
{
    private const string Words = "{_id, at, quality, outcome, content, key, tags, type, session, entity_type, entity_id, trace}";

    public static MemoryEntry? Get(ILiteCollection<BsonDocument> memories, Guid id) =>
        memories.FindById(id) is { } document ? EntryDocument.Read(document) : null;

    public static IReadOnlyList<MemoryEntry> Query(ILiteCollection<BsonDocument> memories, MemoryQuery query) =>
    [
        .. Matching(memories, query).OrderByDescending("$." + EntryDocument.Order).Skip(query.Offset).Limit(query.Limit).ToEnumerable()
            .Select(EntryDocument.Read),
    ];

    public static long Count(ILiteCollection<BsonDocument> memories, MemoryQuery query) => Matching(memories, query).LongCount();

    public static MemoryStatistics Statistics(ILiteCollection<BsonDocument> memories, MemoryQuery query)
    {
        var counter = new MemoryCounter();
        foreach (var document in Matching(memories, query).ToEnumerable()) counter.Add(EntryDocument.Read(document));
        return counter.ToStatistics();
    }

    /// <summary>The ids of some that match.</summary>
    public static List<Guid> Ids(ILiteCollection<BsonDocument> memories, MemoryQuery query, int limit) =>
        [.. Matching(memories, query).Select("{_id}").Limit(limit).ToEnumerable().Select(static document => document["_id"].AsGuid)];

    /// <summary>
    /// Ranks everything that matches the query: LiteDB has no index of words. Values stay on disk until it is known what is returned.
    /// </summary>
    public static List<RankedCandidate<Guid>> Rank(
        ILiteCollection<BsonDocument> memories, MemoryQuery query, ParsedQuery parsed, MemoryRanking ranking,
        CancellationToken cancellationToken)
    {
        var candidates = new List<SearchCandidate<Guid>>();
        foreach (var document in Matching(memories, query).Select(Words).ToEnumerable())
        {
            cancellationToken.ThrowIfCancellationRequested();
            candidates.Add(Candidate(document));
        }

        return CandidateRanking.RankAll(ranking, parsed, candidates, query);
    }

    private static SearchCandidate<Guid> Candidate(BsonDocument document)
    {
        var tags = string.Join(" , ", document["tags"].AsArray.Select(static tag => tag.AsString));
        var (type, session) = (EntryDocument.TextOrNull(document["type"]), EntryDocument.TextOrNull(document["session"]));
        var (entityType, entityId) = (EntryDocument.TextOrNull(document["entity_type"]), EntryDocument.TextOrNull(document["entity_id"]));
        return new SearchCandidate<Guid>(
            document["_id"].AsGuid,
            document["at"].AsInt64,
            EntryDocument.QualityOf(document),
            EntryDocument.OutcomeOf(document),
            new SearchableText(document["content"].AsString, document["key"].AsString, tags, type))
        {
            Conversation = ConversationKey.Of(session, entityType, entityId, EntryDocument.TextOrNull(document["trace"])),
        };
    }

    private static ILiteQueryable<BsonDocument> Matching(ILiteCollection<BsonDocument> memories, MemoryQuery query)
    {
        var all = memories.Query();
        return new QueryFilter(query).Expression is { } expression ? all.Where(expression) : all;
    }
}
