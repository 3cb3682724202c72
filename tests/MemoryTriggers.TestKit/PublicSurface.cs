using System.Reflection;
using PublicApiGenerator;

namespace MemoryTriggers.TestKit;

/// <summary>All that is public in an assembly, as C# in a fixed order, so that a change of it is seen in review.</summary>
internal static class PublicSurface
{
    /// <param name="assembly">It is read from its file; what it refers to must be among the assemblies of these tests.</param>
    /// <param name="excludedAttributes">Full names of attributes that are left out, beside those of the compiler.</param>
    public static string Of(Assembly assembly, params string[] excludedAttributes) => assembly.GeneratePublicApi(new ApiGeneratorOptions
    {
        IncludeAssemblyAttributes = false,
        // Registration extensions are in namespaces of Microsoft.
        DenyNamespacePrefixes = [],
        ExcludeAttributes = excludedAttributes,
    });
}
