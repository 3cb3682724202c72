namespace MemoryTriggers.Policies;

/// <summary>The parts of what was captured in which plain names are looked for.</summary>
internal enum CapturedContainer
{
    Metadata,
    Arguments,
}
