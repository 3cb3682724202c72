using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MemoryTriggers.Generators.Parsing;

/// <summary>The features of the project's framework and language version that a wrapper uses.</summary>
/// <param name="IsSupported">Whether the generated code compiles.</param>
/// <param name="HidesFrames">Whether a method can be hidden from stack traces.</param>
/// <param name="HasModuleInitializers">Whether the assembly can run code when it is loaded.</param>
internal readonly record struct CompilationTarget(bool IsSupported, bool HidesFrames, bool HasModuleInitializers)
{
    /// <summary>
    /// The first version of the language that the generated code compiles with: the default of .NET Standard 2.0 and .NET Framework.
    /// </summary>
    public const LanguageVersion Oldest = LanguageVersion.CSharp7_3;

    public static CompilationTarget Of(Compilation compilation)
    {
        var version = Version(compilation);
        return new CompilationTarget(
            version >= Oldest,
            Has(compilation, "System.Diagnostics.StackTraceHiddenAttribute"),
            version >= LanguageVersion.CSharp9 && Has(compilation, "System.Runtime.CompilerServices.ModuleInitializerAttribute"));
    }

    public static LanguageVersion Version(Compilation compilation) => ((CSharpCompilation)compilation).LanguageVersion;

    // A framework's own, or one that the project declares; never one inside of a referenced library.
    private static bool Has(Compilation compilation, string name) =>
        compilation.GetTypesByMetadataName(name).Any(type =>
            type.DeclaredAccessibility == Accessibility.Public ||
            SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly));
}
