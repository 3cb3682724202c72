namespace MemoryTriggers.Weaver;

/// <summary>A source with a <c>Program.Run</c>, and the outcomes that are remembered of one run, in the order of their ends.</summary>
public sealed record Shape(string Source, IReadOnlyList<TriggerOutcome> Outcomes);
