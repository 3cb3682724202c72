namespace MemoryTriggers.Backends.Cache;

/// <summary>
/// A question to the store, equal to another that must have the same answer. It holds for one generation: any write begins the next.
/// </summary>
internal sealed record CacheKey(long Generation, string Operation, string Text, MemoryQuery Query, string Tags)
{
    public static CacheKey Of(long generation, string operation, MemoryQuery query, string text = "") => new(
        generation, operation, text, query with { AnyTags = [], AllTags = [] }, $"{List(query.AnyTags)}|{List(query.AllTags)}");

    // With their lengths, so that no tag can be taken for two.
    private static string List(IReadOnlyList<string> tags) => string.Join(',', tags.Select(static tag => $"{tag.Length}:{tag}"));
}
