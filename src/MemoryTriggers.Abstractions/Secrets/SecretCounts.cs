namespace MemoryTriggers.Secrets;

/// <summary>How many secrets this process has removed, by kind. Thread-safe.</summary>
internal static class SecretCounts
{
    /// <summary>The kinds, in the order of the counts.</summary>
    public static readonly SecretKind[] Kinds =
    [
        SecretKind.Declared, SecretKind.Name, SecretKind.Assignment, SecretKind.Header, SecretKind.Address, SecretKind.Token,
        SecretKind.Key, SecretKind.Card, SecretKind.Pattern,
    ];

    private static readonly long[] Counts = new long[Kinds.Length];

    public static void Add(SecretKind kind) => Interlocked.Increment(ref Counts[(int)kind]);

    public static long Of(SecretKind kind) => Interlocked.Read(ref Counts[(int)kind]);
}
