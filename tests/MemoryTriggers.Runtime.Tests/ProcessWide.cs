namespace MemoryTriggers;

/// <summary>Tests that attach to the process-wide hub run one at a time.</summary>
[CollectionDefinition(nameof(ProcessWide), DisableParallelization = true)]
public sealed class ProcessWide;
