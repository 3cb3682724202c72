using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemoryTriggers.Architecture;

/// <summary>
/// Finds casts of stores: what a store has besides its interface is asked for by <c>GetService</c>, which a store around another one
/// forwards.
/// </summary>
internal static class StoreCasts
{
    private const string Backend = "MemoryTriggers.IMemoryBackend";
    private const string Notify = "MemoryTriggers.INotifyMemoryChanges";

    /// <summary>The names of the types of stores, and of the interfaces of our own that such a type has besides.</summary>
    public static IReadOnlySet<string> TypesOfStores(IReadOnlyList<string> assemblies)
    {
        var modules = assemblies.Select(static assembly => ModuleDefinition.ReadModule(assembly)).ToList();
        try
        {
            var types = modules.SelectMany(static module => module.GetTypes()).GroupBy(static type => type.FullName)
                .ToDictionary(static same => same.Key, static same => same.First());
            var stores = types.Values.Where(type => Interfaces(type, types).Contains(Backend)).ToList();
            return stores.Select(static store => store.FullName)
                .Concat(stores.SelectMany(store => Interfaces(store, types)).Where(name => name != Backend && types.ContainsKey(name)))
                .Append(Notify)
                .ToHashSet();
        }
        finally
        {
            modules.ForEach(static module => module.Dispose());
        }
    }

    /// <returns>A line for each cast to one of these types.</returns>
    public static IReadOnlyList<string> Find(string assembly, IReadOnlySet<string> stores)
    {
        using var module = ModuleDefinition.ReadModule(assembly);
        return
        [
            .. from type in module.GetTypes()
               from method in type.Methods
               where method.HasBody
               from instruction in method.Body.Instructions
               let target = Target(instruction)
               where target is not null && stores.Contains(target)
               select $"{method.FullName} casts to {target}",
        ];
    }

    private static string? Target(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type when instruction.OpCode == OpCodes.Isinst || instruction.OpCode == OpCodes.Castclass => type.FullName,
        GenericInstanceMethod { Name: "OfType" or "Cast" } method => method.GenericArguments[0].FullName,
        _ => null,
    };

    private static IEnumerable<string> Interfaces(TypeDefinition type, IReadOnlyDictionary<string, TypeDefinition> types)
    {
        for (var current = type; current is not null;)
        {
            foreach (var implemented in current.Interfaces) yield return implemented.InterfaceType.FullName;
            current = current.BaseType is { } parent ? types.GetValueOrDefault(parent.FullName) : null;
        }
    }
}
