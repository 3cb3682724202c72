namespace MemoryTriggers.Monitoring;

/// <summary>The response of <c>live</c> and <c>ready</c>.</summary>
internal sealed record ProbeAnswer(string Status);
