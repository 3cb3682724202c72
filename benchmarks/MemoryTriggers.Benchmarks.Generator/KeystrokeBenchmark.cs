using System.Diagnostics;
using System.Globalization;
using MemoryTriggers.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MemoryTriggers.Benchmarks.Generator;

/// <summary>
/// After each keystroke, in turns: the compiler finds the errors of the edited file, and the driver runs the generator. Medians, and the
/// slowest of a hundred, from one run.
/// </summary>
internal static class KeystrokeBenchmark
{
    public const int DefaultKeystrokes = 200;
    private const int WarmUp = 200;

    public static void Run(int keystrokes)
    {
        DecoratedProject[] projects =
        [
            new("no trigger", 0),
            new("200 of 2,000 methods decorated", 2),
            new("2,000 of 2,000 methods decorated", 20),
            new("100 classes decorated", 0, onClass: "[MemoryTriggers.WorkflowMemoryTrigger]\n"),
            new("the assembly decorated", 0, onAssembly: "[assembly: MemoryTriggers.WorkflowMemoryTrigger]\n"),
        ];
        Console.WriteLine($"ms per keystroke in a project of 2,000 methods; median and 99th percentile of {keystrokes}");
        Console.WriteLine($"{"",-36}{"errors of the file",22}{"generator",18}{"ratio",8}");
        foreach (var project in projects) Measure(project, keystrokes);
    }

    private static void Measure(DecoratedProject project, int keystrokes)
    {
        var compilation = project.Compile();
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new TriggerGenerator().AsSourceGenerator()], parseOptions: (CSharpParseOptions)compilation.SyntaxTrees[0].Options);
        driver = driver.RunGenerators(compilation);
        var errors = new List<double>(keystrokes);
        var generator = new List<double>(keystrokes);
        for (var keystroke = -WarmUp; keystroke < keystrokes; keystroke++)
        {
            compilation = DecoratedProject.Type(compilation);
            var began = Stopwatch.GetTimestamp();
            driver = driver.RunGenerators(compilation);
            var generated = Stopwatch.GetElapsedTime(began).TotalMilliseconds;

            // A compilation of its own, so that the one does not find what the other has bound.
            var other = DecoratedProject.Type(compilation);
            began = Stopwatch.GetTimestamp();
            other.GetSemanticModel(other.SyntaxTrees[0]).GetDiagnostics();
            var found = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            if (keystroke < 0) continue;

            generator.Add(generated);
            errors.Add(found);
        }

        errors.Sort();
        generator.Sort();
        var ratio = Median(generator) / Median(errors);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{project.Name,-36}{Median(errors),14:F2}{Slow(errors),8:F2}{Median(generator),10:F2}{Slow(generator),8:F2}{ratio,8:F2}"));
    }

    private static double Median(List<double> sorted) => sorted[sorted.Count / 2];

    private static double Slow(List<double> sorted) => sorted[sorted.Count * 99 / 100];
}
