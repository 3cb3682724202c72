using MemoryTriggers.Ranking.Conversations;

namespace MemoryTriggers.Ranking;

/// <summary>The text of a query, parsed.</summary>
/// <param name="Terms">What to look for.</param>
/// <param name="Conversation">What it asks of conversations.</param>
internal sealed record ParsedQuery(IReadOnlyList<QuestionTerm> Terms, ConversationQuestion Conversation)
{
    public static ParsedQuery Of(string text, bool synonyms) => new(Question.Read(text, synonyms), new ConversationQuestion(text));
}
