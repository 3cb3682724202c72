using MemoryTriggers.Weaver.Diagnostics;
using MemoryTriggers.Weaver.Planning;
using MemoryTriggers.Weaver.Reading;
using MemoryTriggers.Weaver.Rewriting;

namespace MemoryTriggers.Weaver;

/// <summary>Read, plan, check, rewrite, write. Every problem is found before anything is changed, and nothing is half-woven.</summary>
public static class AssemblyWeaver
{
    /// <summary>The one language for which wrappers are generated.</summary>
    internal const string CSharp = "C#";

    /// <summary>Weaves an assembly file in place.</summary>
    /// <param name="assemblyFile">The assembly; its symbols are beside or inside it, or there are none.</param>
    /// <param name="references">The assemblies that it was compiled against.</param>
    /// <param name="keyFile">The key to sign it with again, or nothing.</param>
    /// <param name="language">The language of the project. Only C# is woven; in another one a trigger is a problem.</param>
    public static WeaveResult Weave(string assemblyFile, IEnumerable<string> references, string? keyFile = null, string language = CSharp)
    {
        using var assembly = CompiledAssembly.Read(assemblyFile, references, out var problem);
        if (assembly is null) return new WeaveResult(0, false, [problem!]);

        if (language != CSharp) return new WeaveResult(0, false, [.. ForeignTriggers.Find(assembly.Module, language)]);

        var mark = WeavingMark.Find(assembly.Module);
        if (mark is null || mark.IsWoven) return new WeaveResult(0, mark is not null, []);

        var plan = WeavePlanner.Plan(assembly.Module);
        if (plan.Problems.Count > 0) return new WeaveResult(0, false, plan.Problems);

        foreach (var calls in plan.Calls) CallRewriter.Rewrite(calls);
        foreach (var method in plan.Methods) MethodRewriter.Rewrite(method);
        mark.SetWoven();
        assembly.Write(keyFile);

        List<WeaverProblem> warnings = [.. plan.Warnings];
        if (assembly.HasLostSymbols) warnings.Add(WeaverDiagnostics.SymbolsNotFound(assemblyFile));
        return new WeaveResult(plan.Methods.Count, false, [], plan.Calls.Sum(static calls => calls.Sites.Count), warnings);
    }
}
