namespace MemoryTriggers.Secrets;

/// <summary>Where a secret is in a text; empty where there is none.</summary>
internal readonly record struct SecretSpot(int Start, int End, SecretKind Kind)
{
    public static SecretSpot None => default;

    public bool IsFound => End > Start;
}
