namespace MemoryTriggers.Cli.Tool;

/// <summary>Tests that start a runtime of their own: there is one for a process, so they take turns.</summary>
[CollectionDefinition(nameof(ProcessWide), DisableParallelization = true)]
public sealed class ProcessWide;
