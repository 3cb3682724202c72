using System.Diagnostics.CodeAnalysis;

namespace MemoryTriggers.Configuration;

/// <summary>Stores of other packages: a program that references the package need not say so in code as well.</summary>
internal static class PackageStores
{
    /// <summary>The names by which a configuration names them.</summary>
    public static IReadOnlyList<string> Names { get; } = ["postgresql", "litedb"];

    /// <param name="name">One of <see cref="Names"/>, or another.</param>
    /// <returns><see langword="null"/> when the program does not reference the package, or no package has such a store.</returns>
    public static IConfiguredStore? Find(string name) => name switch
    {
        "postgresql" => Postgres(),
        "litedb" => LiteDb(),
        _ => null,
    };

    /// <summary>The package that has the store of that name.</summary>
    public static string Package(string name) => name == "litedb" ? "MemoryTriggers.LiteDb" : "MemoryTriggers.Postgres";

    // The names as constants: trimming sees them, and keeps the class where the package is there.
    private static IConfiguredStore? Postgres() =>
        Make(Type.GetType("MemoryTriggers.Postgres.ConfiguredPostgresStore, MemoryTriggers.Postgres", throwOnError: false));

    private static IConfiguredStore? LiteDb() =>
        Make(Type.GetType("MemoryTriggers.Hosting.ConfiguredLiteDbStore, MemoryTriggers.LiteDb", throwOnError: false));

    private static IConfiguredStore? Make(
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] Type? type) =>
        type is null ? null : (IConfiguredStore?)Activator.CreateInstance(type);
}
