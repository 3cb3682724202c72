using System.Diagnostics;
using MemoryTriggers.Weaver.Diagnostics;
using Microsoft.Build.Framework;
using Task = Microsoft.Build.Utilities.Task;

namespace MemoryTriggers.Weaver;

/// <summary>Weaves the compiler's output in place.</summary>
public sealed class WeaveTask : Task
{
    /// <summary>The assembly that the compiler has just written.</summary>
    [Required]
    public string AssemblyFile { get; set; } = "";

    /// <summary>The references of the compilation.</summary>
    public ITaskItem[] References { get; set; } = [];

    /// <summary>The key that it was signed with, if it was.</summary>
    public string? KeyFile { get; set; }

    /// <summary>The language of the project, as MSBuild names it. <value>C#</value></summary>
    public string Language { get; set; } = AssemblyWeaver.CSharp;

    /// <inheritdoc/>
    public override bool Execute()
    {
        var watch = Stopwatch.StartNew();
        try
        {
            var result = AssemblyWeaver.Weave(AssemblyFile, References.Select(static reference => reference.ItemSpec), KeyFile, Language);
            foreach (var problem in result.Problems) Report(problem);
            foreach (var warning in result.Warnings)
                Log.LogWarning("MemoryTriggers", warning.Id, null, warning.File ?? AssemblyFile, warning.Line, 0, 0, 0, warning.Message);
            if (result.Methods + result.Calls > 0)
                Log.LogMessage(MessageImportance.Normal,
                    $"MemoryTriggers: {result.Methods} methods woven, {result.Calls} calls captured, in {watch.ElapsedMilliseconds} ms");
        }
        catch (Exception exception)
        {
            // MSBuild boundary: the build gets an error with an id, and the details where builds keep them.
            Report(WeaverDiagnostics.Failed(AssemblyFile, exception.Message));
            Log.LogMessage(MessageImportance.Low, exception.ToString());
        }

        return !Log.HasLoggedErrors;
    }

    private void Report(WeaverProblem problem) =>
        Log.LogError("MemoryTriggers", problem.Id, null, problem.File ?? AssemblyFile, problem.Line, 0, 0, 0, problem.Message);
}
