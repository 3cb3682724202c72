namespace MemoryTriggers;

/// <summary>Something a question asks for, and where a memory has it.</summary>
/// <param name="Term">The term of the question, stemmed: a word, or several in a row.</param>
/// <param name="Field">The field that contains it. A term in several fields is listed once for each.</param>
/// <param name="Weight">What it adds to the relevance, 0 or more: rare words add more than frequent ones.</param>
public sealed record MemoryMatch(string Term, MemoryField Field, double Weight)
{
    /// <summary>
    /// The words of the memory, when they are others than those of the question: another form, a near word, another spelling.
    /// </summary>
    public string? As { get; init; }
}
