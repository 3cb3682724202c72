namespace MemoryTriggers.Ranking;

/// <summary>
/// The tags of an operation repeat its key and the name of its method: they are for filters, and would let each word of a name count three
/// times.
/// </summary>
internal static class KeyTags
{
    /// <param name="tags">The tags, in JSON or with a comma between two spaces.</param>
    /// <param name="key">The key: a name, and perhaps a message in parentheses.</param>
    /// <returns>The tags that say more than the key.</returns>
    public static string Without(string tags, string key)
    {
        var name = key.IndexOf('(', StringComparison.Ordinal) is > 0 and var message ? key[..message] : key;
        tags = Remove(Remove(tags, key), name);
        return name.LastIndexOf('.') is > 0 and var dot ? Remove(tags, name[(dot + 1)..]) : tags;
    }

    private static string Remove(string tags, string tag)
    {
        if (tag.Length == 0) return tags;
        for (var at = 0; (at = tags.IndexOf(tag, at, StringComparison.Ordinal)) >= 0;)
        {
            var end = at + tag.Length;
            var isWhole = (at == 0 || IsBetween(tags[at - 1])) && (end == tags.Length || IsBetween(tags[end]));
            if (isWhole) tags = tags.Remove(at, tag.Length);
            else at = end;
        }

        return tags;
    }

    private static bool IsBetween(char character) => character is '"' or ' ';
}
