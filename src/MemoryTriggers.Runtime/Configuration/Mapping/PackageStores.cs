using System.Diagnostics.CodeAnalysis;

namespace MemoryTriggers.Configuration;

/// <summary>Stores of other packages: a program that references the package need not say so in code as well.</summary>
internal static class PackageStores
{
    // The name as a constant: trimming sees it, and keeps the class where the package is there.
    /// <returns><see langword="null"/> when the program does not reference the package.</returns>
    public static IConfiguredStore? Postgres() => Make(Type.GetType("MemoryTriggers.Postgres.ConfiguredPostgresStore, MemoryTriggers.Postgres", throwOnError: false));

    private static IConfiguredStore? Make([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] Type? type) =>
        type is null ? null : (IConfiguredStore?)Activator.CreateInstance(type);
}
