namespace MemoryTriggers;

/// <summary>Work for the first worker that takes it.</summary>
/// <param name="Key">Its name, 1 to 200 characters: while one of that name is in the queue, a second one is not added.</param>
/// <param name="Payload">The payload, defined by the program, up to 1 MiB.</param>
public sealed record WorkItem(string Key, ReadOnlyMemory<byte> Payload)
{
    /// <summary>The longest <see cref="Key"/>, in characters.</summary>
    public const int MaxKeyLength = 200;

    /// <summary>The largest <see cref="Payload"/>, in bytes.</summary>
    public const int MaxPayloadBytes = 1024 * 1024;

    /// <summary>How long it waits before a worker gets it, up to 365 days. <value>Not at all</value></summary>
    public TimeSpan Delay { get; init; }

    internal void Check()
    {
        ArgumentException.ThrowIfNullOrEmpty(Key);
        if (Key.Length > MaxKeyLength) throw new ArgumentException($"A key has at most {MaxKeyLength} characters.", nameof(Key));
        if (Payload.Length > MaxPayloadBytes)
            throw new ArgumentException($"A payload has at most {MaxPayloadBytes} bytes.", nameof(Payload));
        PostgresWorkQueue.CheckDelay(Delay);
    }
}
