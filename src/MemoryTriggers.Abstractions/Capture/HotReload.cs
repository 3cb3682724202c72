using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Metadata;

[assembly: MetadataUpdateHandler(typeof(MemoryTriggers.Capture.HotReload))]

namespace MemoryTriggers.Capture;

/// <summary>
/// Called by the .NET runtime after a hot reload, which replaces woven code with the compiler's output: an edited
/// method runs uncaptured, and the program is notified.
/// </summary>
internal static class HotReload
{
    /// <summary>Reports the changed types that have woven methods. Found by its name.</summary>
    public static void UpdateApplication(Type[]? updatedTypes)
    {
        foreach (var type in updatedTypes ?? []) TryReport(type);
    }

    private static void TryReport(Type type)
    {
        try
        {
            // State machines and closures belong to the type around them.
            while (type.Name.StartsWith('<') && type.DeclaringType is { } outer) type = outer;
            if (HasWovenMethods(type)) TriggerHub.NoteReloaded(type);
        }
        catch (Exception)
        {
            // Called from the hot reload of the user's program, which must not fail because of us.
            CaptureFaults.Count();
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "A trimmed program has no hot reload.")]
    private static bool HasWovenMethods(Type type) =>
        type.GetMethods(BindingFlags.DeclaredOnly | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static)
            .Any(static method => method.Name.StartsWith('<') && method.Name.EndsWith(">body", StringComparison.Ordinal));
}
