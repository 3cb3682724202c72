using MemoryTriggers.Ranking.Talks;

namespace MemoryTriggers.Ranking;

/// <summary>A question, taken apart.</summary>
/// <param name="Terms">What to look for.</param>
/// <param name="Talk">What it asks of a talk.</param>
internal sealed record Asked(IReadOnlyList<QuestionTerm> Terms, TalkQuestion Talk)
{
    public static Asked Of(string text, bool synonyms) => new(Question.Read(text, synonyms), new TalkQuestion(text));
}
