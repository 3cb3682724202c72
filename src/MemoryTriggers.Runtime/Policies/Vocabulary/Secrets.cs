namespace MemoryTriggers.Policies;

/// <summary>
/// Secrets in webhooks: <c>${API_TOKEN}</c>, all in capitals, or <c>${env:name}</c>, is an environment variable. It is read when the
/// webhook is called, and is neither on disk nor in a log.
/// </summary>
internal static class Secrets
{
    private const string Prefix = "env:";

    /// <returns>The environment variable that a name in <c>${...}</c> means; <see langword="null"/> when it means none.</returns>
    public static string? VariableOf(string? name) => name switch
    {
        null => null,
        _ when name.StartsWith(Prefix, StringComparison.Ordinal) => IsVariable(name[Prefix.Length..]) ? name[Prefix.Length..] : null,
        _ when name.All(static letter => letter is (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_') && IsVariable(name) => name,
        _ => null,
    };

    private static bool IsVariable(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');
}
