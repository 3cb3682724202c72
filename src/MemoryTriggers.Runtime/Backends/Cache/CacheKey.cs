namespace MemoryTriggers.Backends.Cache;

/// <summary>A question to the store, equal to another that must have the same answer.</summary>
internal sealed record CacheKey(string Operation, string Text, MemoryQuery Query, string Tags)
{
    public static CacheKey Of(string operation, MemoryQuery query, string text = "") => new(
        operation, text, query with { AnyTags = [], AllTags = [] }, $"{List(query.AnyTags)}|{List(query.AllTags)}");

    // With their lengths, so that no tag can be taken for two.
    private static string List(IReadOnlyList<string> tags) => string.Join(',', tags.Select(static tag => $"{tag.Length}:{tag}"));
}
