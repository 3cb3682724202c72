namespace MemoryTriggers.Operations;

/// <summary>What operations need of the settings of the runtime.</summary>
/// <param name="Operations">Their own; read again when they change.</param>
/// <param name="DataDirectory">The data folder.</param>
/// <param name="Journal">Those of the journal.</param>
/// <param name="FindProblem">What is wrong with the settings as they are now; <see langword="null"/> when nothing is.</param>
internal sealed record OperationsSettings(OperationsOptions Operations, string DataDirectory, JournalOptions Journal, Func<string?> FindProblem);
