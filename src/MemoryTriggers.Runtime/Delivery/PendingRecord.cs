using MemoryTriggers.Capture;
using MemoryTriggers.Decoding;

namespace MemoryTriggers.Delivery;

/// <summary>A record on its way into the store, with the memory that it becomes.</summary>
/// <param name="Record">Its bytes, which belong to the journal's batch.</param>
/// <param name="Entry">The memory.</param>
/// <param name="Definition">Its trigger, if it is known.</param>
internal sealed record PendingRecord(ReadOnlyMemory<byte> Record, MemoryEntry Entry, TriggerDefinition? Definition)
{
    public CaptureFlags Flags => (CaptureFlags)Record.Span[CaptureFormat.FlagsOffset];

    /// <summary>Whether a correction may follow.</summary>
    public bool IsProvisional => Flags.HasFlag(CaptureFlags.Provisional) && !Flags.HasFlag(CaptureFlags.Correction);

    /// <summary>Whether it corrects an earlier one of the same memory.</summary>
    public bool IsCorrection => Flags.HasFlag(CaptureFlags.Correction);

    /// <summary>Whether no other record can have something to say about the memory.</summary>
    public bool HasCertainOutcome => (Flags & ~CaptureFlags.Truncated) == CaptureFlags.None;

    /// <summary>The memory of the same failure, which it joins.</summary>
    public Guid? EchoOf { get; init; }

    /// <summary>What it is one more of in the counts of operations; then it is no memory.</summary>
    public string? CountedAs { get; init; }

    /// <summary>The callback when it is stored.</summary>
    public Action? Then { get; init; }

    /// <summary>What it was made of, if several records have joined: first the one that they have joined, as it was.</summary>
    public IReadOnlyList<PendingRecord> Parts { get; private init; } = [];

    /// <summary>The record with another one that has joined it.</summary>
    public PendingRecord With(MemoryEntry joined, PendingRecord echo) =>
        this with { Entry = joined, Then = Then + echo.Then, Parts = [.. Parts.Count == 0 ? [this] : Parts, echo] };

    /// <summary>The trigger as it is kept with records that outlive the journal.</summary>
    public byte[]? DefinitionBytes => Definition is null ? null : DefinitionJson.Write(Definition);
}
