namespace MemoryTriggers.Shop.Tests.Questions;

/// <summary>What a person on call asks, and how the memory that answers it is recognised.</summary>
/// <param name="Text">The question.</param>
/// <param name="Answer">The answer, for the report.</param>
/// <param name="IsRight">Whether a memory contains the answer.</param>
internal sealed record OnCallQuestion(string Text, string Answer, Func<MemoryEntry, bool> IsRight);
