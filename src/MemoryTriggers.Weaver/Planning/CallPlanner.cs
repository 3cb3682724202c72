using MemoryTriggers.Weaver.Diagnostics;
using Mono.Cecil;

namespace MemoryTriggers.Weaver.Planning;

/// <summary>Finds the calls of the methods that triggers name. Changes nothing.</summary>
internal sealed class CallPlanner
{
    private readonly ILookup<string, Wrapper> _wrappers;
    private readonly Dictionary<string, PlannedCalls?> _targets = [];
    private readonly List<WeaverProblem> _warnings = [];

    private CallPlanner(IEnumerable<Wrapper> wrappers) => _wrappers = wrappers.ToLookup(static wrapper => wrapper.MethodName);

    public static (IReadOnlyList<PlannedCalls> Calls, IReadOnlyList<WeaverProblem> Warnings) Plan(ModuleDefinition module)
    {
        var wrappers = Wrapper.OfCalls(module).ToList();
        if (wrappers.Count == 0) return ([], []);

        var planner = new CallPlanner(wrappers);
        var generated = new HashSet<TypeDefinition>(wrappers.Concat(Wrapper.OfBodies(module)).Select(static wrapper => wrapper.Type));
        foreach (var method in module.GetTypes().Where(type => !generated.Contains(type)).SelectMany(static type => type.Methods))
        {
            if (method.HasBody) planner.Scan(method);
        }

        List<PlannedCalls> calls = [.. planner._targets.Values.OfType<PlannedCalls>().Distinct()
            .Where(static planned => planned.Sites.Count > 0)];
        // A trigger that names all overloads has an effect as soon as one of them is called.
        var used = new HashSet<int>(calls.SelectMany(static planned => planned.Wrappers).Select(static wrapper => wrapper.Trigger));
        planner._warnings.AddRange(wrappers.Where(wrapper => !used.Contains(wrapper.Trigger))
            .GroupBy(static wrapper => wrapper.Trigger)
            .Select(static unused => WeaverDiagnostics.NoCall($"{unused.First().TypeName}::{unused.First().MethodName}")));
        return (calls, planner._warnings);
    }

    private void Scan(MethodDefinition caller)
    {
        foreach (var instruction in caller.Body.Instructions)
        {
            if (!PlannedCall.IsCall(instruction) || instruction.Operand is not MethodReference operand || Find(operand) is not { } planned)
                continue;

            var site = new PlannedCall(caller, instruction);
            if (site.IsBaseCall(planned.Target)) continue;
            if (site.Obstacle(planned.Target) is { } obstacle)
                _warnings.Add(WeaverDiagnostics.CallNotCaptured(planned.Target.FullName, caller.FullName, obstacle).At(site.Position));
            else planned.Sites.Add(site);
        }
    }

    private PlannedCalls? Find(MethodReference operand)
    {
        if (!_wrappers.Contains(operand.Name)) return null;

        var reference = operand.GetElementMethod();
        var type = operand.DeclaringType.GetElementType().FullName;
        if (!_wrappers[operand.Name].Any(wrapper => wrapper.TypeName == type)) return null;

        var key = $"{type} {reference.FullName}";
        if (!_targets.TryGetValue(key, out var planned)) _targets[key] = planned = Match(operand, type);
        return planned;
    }

    private PlannedCalls? Match(MethodReference operand, string type)
    {
        if (operand.Resolve() is not { } target) return null;

        List<Wrapper> wrappers =
        [
            .. _wrappers[operand.Name]
                .Where(wrapper => wrapper.TypeName == type && SignatureMatcher.Match(target, wrapper.Enter) is { Count: 0 })
                .OrderBy(static wrapper => wrapper.Index),
        ];
        return wrappers.Count == 0
            ? null
            : _targets.Values.FirstOrDefault(known => known?.Target == target) ?? new PlannedCalls(target, wrappers);
    }
}
