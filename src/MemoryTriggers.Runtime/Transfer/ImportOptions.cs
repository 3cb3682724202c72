namespace MemoryTriggers;

/// <summary>How memories are imported.</summary>
public sealed record ImportOptions
{
    /// <summary>Whether a memory that is there already is replaced; it stays as it is otherwise. <value>true</value></summary>
    public bool ReplaceExisting { get; init; } = true;

    /// <summary>
    /// Whether lines that are no memories are left out and counted; the first one ends the import otherwise. <value>false</value>
    /// </summary>
    public bool SkipInvalid { get; init; }

    /// <summary>
    /// The project and the user whose existing memories may be replaced; one of another project or user stays as it is, and is counted.
    /// What is new keeps the project and the user that the line has. <value>Those of the context, else the configured project</value>
    /// </summary>
    public MemoryQuery? Scope { get; init; }

    /// <summary>The longest line, 1,000 bytes or more. <value>64 MB</value></summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less.</exception>
    public int MaxLineBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1_000, nameof(MaxLineBytes));
            field = value;
        }
    } = 64 * 1024 * 1024;
}
