using System.Runtime.InteropServices;

namespace MemoryTriggers.Journal;

/// <summary>The contended words of a segment on cache lines of their own, away from the fields that every append reads.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct PaddedTail
{
    [FieldOffset(128)]
    public long Value;

    [FieldOffset(136)]
    public long Refused;
}
