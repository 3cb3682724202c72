namespace MemoryTriggers.Monitoring;

/// <summary>What <c>live</c> and <c>ready</c> answer.</summary>
internal sealed record ProbeAnswer(string Status);
