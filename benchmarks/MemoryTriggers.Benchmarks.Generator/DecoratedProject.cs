using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace MemoryTriggers.Benchmarks.Generator;

/// <summary>A project of 100 files with a class of 20 methods each.</summary>
/// <param name="name">As the table calls it.</param>
/// <param name="decoratedMethods">How many methods of each class have a trigger of their own.</param>
/// <param name="onClass">What stands on each class.</param>
/// <param name="onAssembly">What stands on the assembly.</param>
internal sealed class DecoratedProject(string name, int decoratedMethods, string onClass = "", string onAssembly = "")
{
    private const int Classes = 100;
    private const int Methods = 20;
    private static readonly CSharpParseOptions Options = new(LanguageVersion.Latest);

    public string Name { get; } = name;

    public CSharpCompilation Compile() => CSharpCompilation.Create(
        "Measured",
        Enumerable.Range(0, Classes).Select(number => CSharpSyntaxTree.ParseText(Source(number), Options, $"C{number}.cs"))
            .Append(CSharpSyntaxTree.ParseText(onAssembly, Options, "Assembly.cs")),
        [
            .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
                .Where(static file => Path.GetFileName(file) is var simple && (simple.StartsWith("System", StringComparison.Ordinal) || simple == "MemoryTriggers.Abstractions.dll"))
                .Select(static file => MetadataReference.CreateFromFile(file)),
        ],
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>One more character in the body of a method of the first file.</summary>
    public static CSharpCompilation Type(CSharpCompilation compilation)
    {
        var tree = compilation.SyntaxTrees[0];
        var text = tree.GetText();
        var place = text.ToString().IndexOf("return a", StringComparison.Ordinal) + "return a".Length;
        return compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(text.WithChanges(new TextChange(new TextSpan(place, 0), " "))));
    }

    private string Source(int number)
    {
        var text = new StringBuilder("namespace Measured;\n");
        text.Append(onClass).Append(CultureInfo.InvariantCulture, $"public class C{number}\n{{\n");
        for (var method = 0; method < Methods; method++)
        {
            if (method < decoratedMethods) text.Append("    [MemoryTriggers.WorkflowMemoryTrigger(CaptureArguments = true)]\n");
            text.Append(CultureInfo.InvariantCulture, $"    public async System.Threading.Tasks.Task<int> M{method}(int a, string b)\n    {{\n        await System.Threading.Tasks.Task.Yield();\n        return a + b.Length + {method};\n    }}\n\n");
        }

        return text.Append("}\n").ToString();
    }
}
