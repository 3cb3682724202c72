namespace MemoryTriggers.Secrets;

/// <summary>Which values are secrets under the name of one: all but those that can hold none.</summary>
internal static class SecretValues
{
    /// <summary>Whether this value under this name is a secret.</summary>
    public static bool IsSecret(string name, object? value) =>
        !CanHoldNone(value) && SecretNames.Contains(name) && !(IsNumber(value) && SecretNames.Counts(name));

    // Of the same types as in the compiler part.
    private static bool CanHoldNone(object? value) =>
        value is null or bool or Enum or DateTime or DateTimeOffset or TimeSpan or CancellationToken or Type or Delegate
#if NET
            or DateOnly or TimeOnly
#endif
            ;

    private static bool IsNumber(object? value) =>
        value is int or long or short or byte or uint or ulong or ushort or sbyte or double or float or decimal;
}
