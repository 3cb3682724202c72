using System.Diagnostics;
using System.Globalization;
using MemoryTriggers.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MemoryTriggers.Benchmarks.Generator;

/// <summary>
/// What follows a keystroke: the compiler finds the errors of the edited file; a generator searches for one attribute and does nothing; our
/// generator runs. Medians, and the slowest of a hundred, from one run.
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
        Console.WriteLine($"{"",-34}{"errors of the file",20}{"search alone",18}{"generator",18}{"ratio",8}");
        foreach (var project in projects) Measure(project, keystrokes);
    }

    private static void Measure(DecoratedProject project, int keystrokes)
    {
        var errors = Time(project, keystrokes, static compilation => compilation.GetSemanticModel(compilation.SyntaxTrees[0]).GetDiagnostics());
        var search = Time(project, keystrokes, Running(new SearchOnly()));
        var generator = Time(project, keystrokes, Running(new TriggerGenerator()));
        var ratio = Median(generator) / Median(search);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{project.Name,-34}{Median(errors),12:F2}{Slow(errors),8:F2}{Median(search),10:F2}{Slow(search),8:F2}{Median(generator),10:F2}{Slow(generator),8:F2}{ratio,8:F2}"));
    }

    private static Action<CSharpCompilation> Running(IIncrementalGenerator generator)
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create(generator);
        return compilation => driver = driver.RunGenerators(compilation);
    }

    private static List<double> Time(DecoratedProject project, int keystrokes, Action<CSharpCompilation> react)
    {
        var compilation = project.Compile();
        react(compilation);
        var times = new List<double>(keystrokes);
        for (var keystroke = -WarmUp; keystroke < keystrokes; keystroke++)
        {
            compilation = DecoratedProject.Type(compilation);
            var began = Stopwatch.GetTimestamp();
            react(compilation);
            if (keystroke >= 0) times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        times.Sort();
        return times;
    }

    private static double Median(List<double> sorted) => sorted[sorted.Count / 2];

    private static double Slow(List<double> sorted) => sorted[sorted.Count * 99 / 100];
}
