namespace MemoryTriggers.Operations;

/// <summary>The finding of a rule in one check.</summary>
/// <param name="Kind">The rule.</param>
/// <param name="IsBad">Whether it is worth an alert.</param>
/// <param name="Value">The measured value.</param>
/// <param name="Threshold">The threshold.</param>
/// <param name="Message">Both in words.</param>
internal sealed record AlertFinding(AlertKind Kind, bool IsBad, double Value, double Threshold, string Message);
