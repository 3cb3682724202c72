namespace MemoryTriggers;

/// <summary>A record that could not become a memory, kept with the reason.</summary>
public sealed record DeadLetter
{
    /// <summary>Which one.</summary>
    public required string Id { get; init; }

    /// <summary>Why it could not be stored.</summary>
    public required string Reason { get; init; }

    /// <summary>When that was found, in UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The capture record as it stood in the journal.</summary>
    public required byte[] Record { get; init; }

    /// <summary>The definition of the record's trigger, as JSON; <see langword="null"/> when unknown.</summary>
    public byte[]? Definition { get; init; }

    /// <summary>
    /// The project of the program that left it, for a record that names none; <see langword="null"/> when the program had none, and in
    /// letters of earlier versions.
    /// </summary>
    public string? Project { get; init; }

    /// <summary>How often it was replayed in vain.</summary>
    public int Replays { get; init; }
}
