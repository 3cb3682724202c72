using MemoryTriggers.Protection;
using MemoryTriggers.Retention;

namespace MemoryTriggers.Memories;

/// <summary>The maintenance of a store.</summary>
/// <param name="Retention">Looks through it.</param>
/// <param name="Protecting">Encrypts and compresses; <see langword="null"/> when nothing does.</param>
internal sealed record MemoryUpkeep(RetentionRun Retention, ProtectingBackend? Protecting);
