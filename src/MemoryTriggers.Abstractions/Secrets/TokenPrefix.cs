namespace MemoryTriggers.Secrets;

/// <summary>How the tokens of a service begin.</summary>
/// <param name="Text">The prefix.</param>
/// <param name="Shortest">How many characters follow at least.</param>
/// <param name="NeedsDigit">Whether a digit must be among them, and nothing that joins words.</param>
internal readonly record struct TokenPrefix(string Text, int Shortest, bool NeedsDigit = false);
