using System.Runtime.InteropServices;

namespace MemoryTriggers.Capture;

/// <summary>
/// The fixed head of a record in its binary layout, in the byte order of the machine: a journal is not portable. Written in one
/// piece when the record ends. Trace and span are big-endian everywhere, as W3C Trace Context shows them.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct CaptureHead
{
    public const int Size = 88;

    public byte Version;
    public byte Outcome;
    public byte Flags;
    public byte Priority;
    public uint Reserved;
    public ulong Descriptor;
    public CaptureId Id;
    public CaptureId Parent;
    public ulong TraceHigh;
    public ulong TraceLow;
    public ulong Span;
    public long Created;
    public long Duration;
}
