namespace MemoryTriggers.Secrets;

/// <summary>What a pass over a text knows at its present place.</summary>
internal struct SecretContext(SecretText names, string text)
{
    public readonly SecretText Names = names;
    public readonly string Text = text;

    /// <summary>What is before it was removed, or is copied.</summary>
    public int Floor;

    /// <summary>Up to where a member called "value" is a secret: <c>{"name":"password","value":"x"}</c>.</summary>
    public int NamedUntil;
}
