using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Emit;

namespace MemoryTriggers.Weaver;

/// <summary>How an assembly is compiled.</summary>
public enum BuildFlavor
{
    DebugPortable,
    ReleasePortable,
    DebugEmbedded,
    ReleaseWithoutSymbols,
}

internal static class BuildFlavors
{
    public static OptimizationLevel Optimization(this BuildFlavor flavor) =>
        flavor is BuildFlavor.DebugPortable or BuildFlavor.DebugEmbedded ? OptimizationLevel.Debug : OptimizationLevel.Release;

    public static DebugInformationFormat? Symbols(this BuildFlavor flavor) => flavor switch
    {
        BuildFlavor.DebugEmbedded => DebugInformationFormat.Embedded,
        BuildFlavor.ReleaseWithoutSymbols => null,
        _ => DebugInformationFormat.PortablePdb,
    };
}
