using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Validation;

namespace MemoryTriggers.Configuration;

/// <summary>
/// The section <c>vectors</c>: search by meaning, by the package MemoryTriggers.Vectors. Immutable; counts at the start. Without that
/// package, <c>UseVectors()</c> and a generator
/// it does nothing, and the log says so.
/// </summary>
internal sealed record VectorSettings
{
    /// <summary>The file of the vectors. <value><c>vectors.db</c></value></summary>
    [Setting("The file of the vectors; a relative path begins at the data folder.", NeedsRestart = true)]
    public string Path { get; init; } = "vectors.db";

    /// <summary>The name of the model. <value>What the generator says</value></summary>
    [Setting(
        "The name of the model, where the generator does not say it; when it changes, all vectors are made again.", NeedsRestart = true)]
    public string? Model { get; init; }

    /// <summary>How many memories go to the generator at once, 1 to 2,048. <value>64</value></summary>
    [Setting("Memories that go to the generator at once.", NeedsRestart = true)]
    [Range(1, 2_048)]
    public int BatchSize { get; init; } = 64;

    /// <summary>How many characters of a line go there, 100 to 100,000. <value>4,000</value></summary>
    [Setting("Characters of a memory's line that go there.", NeedsRestart = true)]
    [Range(100, 100_000)]
    public int MaxTextLength { get; init; } = 4_000;

    /// <summary>How long a search waits for its vector, 0.01 to 60 s. <value>2 s</value></summary>
    [Setting("Seconds that a search waits for the vector of its question; after that it answers by words only.", NeedsRestart = true)]
    [Range(0.01, 60.0)]
    public double QuestionTimeout { get; init; } = 2;

    /// <summary>How near to the question a meaning must be, -1 to 1. <value>0.1</value></summary>
    [Setting("How near to the question a meaning must be; what is right depends on the model.", NeedsRestart = true)]
    [Range(-1.0, 1.0)]
    public double MinSimilarity { get; init; } = 0.1;

    /// <summary>How many of each ranking are fused at least, 10 to 1,000. <value>50</value></summary>
    [Setting("How many of each ranking, by words and by meaning, are fused at least.", NeedsRestart = true)]
    [Range(10, 1_000)]
    public int Depth { get; init; } = 50;
}
