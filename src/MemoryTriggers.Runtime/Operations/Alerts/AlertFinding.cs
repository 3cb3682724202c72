namespace MemoryTriggers.Operations;

/// <summary>What a rule found in one look.</summary>
/// <param name="Kind">The rule.</param>
/// <param name="IsBad">Whether it is worth an alert.</param>
/// <param name="Value">What was measured.</param>
/// <param name="Threshold">What is allowed.</param>
/// <param name="Message">Both in words.</param>
internal sealed record AlertFinding(AlertKind Kind, bool IsBad, double Value, double Threshold, string Message);
