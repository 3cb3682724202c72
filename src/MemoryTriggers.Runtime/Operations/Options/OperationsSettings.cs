namespace MemoryTriggers.Operations;

/// <summary>The settings of the runtime that operations need.</summary>
/// <param name="Operations">Their own; read again when they change.</param>
/// <param name="DataDirectory">The data folder.</param>
/// <param name="Journal">Those of the journal.</param>
/// <param name="FindProblem">Finds a problem of the current settings; <see langword="null"/> when there is none.</param>
internal sealed record OperationsSettings(OperationsOptions Operations, string DataDirectory, JournalOptions Journal,
    Func<string?> FindProblem);
