namespace MemoryTriggers.Generators.Parsing;

/// <summary>
/// The names that a wrapper needs for itself. A parameter of such a name is renamed in the wrapper, which is never called by parameter
/// name: a delegate called <c>Body</c> must not be taken for the method.
/// </summary>
internal static class WrapperNames
{
    public static bool Contains(string name) =>
        name.Length == 0 || name.StartsWith("__", StringComparison.Ordinal) ||
        name is "Enter" or "EnterTask" or "Captured" or "Body" ||
        IsTypeParameter(name);

    // C0, M0, H0: of the class, of the method, for a hidden type.
    private static bool IsTypeParameter(string name) =>
        name[0] is 'C' or 'M' or 'H' && name.Length > 1 && name.Skip(1).All(char.IsDigit);
}
