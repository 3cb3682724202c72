using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Validation;

namespace MemoryTriggers;

/// <summary>Search by meaning: how vectors are made, kept and compared.</summary>
public sealed class VectorOptions
{
    /// <summary>The file of the vectors; a relative path begins at the data folder. <value><c>vectors.db</c></value></summary>
    [Required]
    public string Path { get; set; } = "vectors.db";

    /// <summary>
    /// The name of the model. When it changes, all vectors are computed again. <value>None: the name that the generator reports. Set it
    /// when a generator reports no name, or the same for two models.</value>
    /// </summary>
    public string? Model { get; set; }

    /// <summary>How many memories go to the generator at once, 1 to 2,048. <value>64</value></summary>
    [Range(1, 2_048)]
    public int BatchSize { get; set; } = 64;

    /// <summary>How much of a memory's line goes to the generator, in characters, 100 to 100,000. <value>4,000</value></summary>
    [Range(100, 100_000)]
    public int MaxTextLength { get; set; } = 4_000;

    /// <summary>
    /// How long a search waits for the vector of its question; after that it answers by words only. From 10 ms to 1 minute. <value>2
    /// seconds</value>
    /// </summary>
    [TimeSpanRange("00:00:00.01", "00:01:00")]
    public TimeSpan QuestionTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How near to the question a meaning must be, -1 to 1. What is right depends on the model. <value>0.1</value></summary>
    [Range(-1.0, 1.0)]
    public double MinSimilarity { get; set; } = 0.1;

    /// <summary>How many of each ranking are fused at least, 10 to 1,000. <value>50</value></summary>
    [Range(10, 1_000)]
    public int Depth { get; set; } = 50;

    internal VectorOptions Snapshot() => (VectorOptions)MemberwiseClone();
}
