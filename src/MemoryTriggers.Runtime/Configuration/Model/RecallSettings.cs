using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Configuration;

namespace MemoryTriggers;

/// <summary>The section <c>recall</c>: how searches rank what they find. Immutable; counts at the start. docs/recall.md has the formula.</summary>
public sealed record RecallSettings
{
    /// <summary>What a word in the line counts, 0 to 10. <value>1</value></summary>
    [Setting("What a word in a memory's line counts ([recall.md](recall.md)).", NeedsRestart = true)]
    [Range(0.0, 10.0)]
    public double ContentWeight { get; init; } = 1;

    /// <summary>What a word in the key counts, 0 to 10. <value>2</value></summary>
    [Setting("What a word in its key counts.", NeedsRestart = true)]
    [Range(0.0, 10.0)]
    public double KeyWeight { get; init; } = 2;

    /// <summary>What a word in the tags counts, 0 to 10. <value>1.5</value></summary>
    [Setting("What a word in its tags counts.", NeedsRestart = true)]
    [Range(0.0, 10.0)]
    public double TagsWeight { get; init; } = 1.5;

    /// <summary>How much a memory of this moment gains, 0 to 0.5. <value>0.05</value></summary>
    [Setting("How much a memory of this moment gains, as a share of its relevance.", NeedsRestart = true)]
    [Range(0.0, 0.5)]
    public double RecencyBoost { get; init; } = 0.05;

    /// <summary>After how many days half of that is left, 0.05 to 36,525. <value>30</value></summary>
    [Setting("Days after which half of that is left.", NeedsRestart = true)]
    [Range(0.05, 36_525.0)]
    public double RecencyHalfLifeDays { get; init; } = 30;

    /// <summary>How much quality gains or loses, 0 to 0.5. <value>0.05</value></summary>
    [Setting("How much a memory of quality 1 gains and one of quality 0 loses, as a share of its relevance.", NeedsRestart = true)]
    [Range(0.0, 0.5)]
    public double QualityBoost { get; init; } = 0.05;

    /// <summary>How much a memory gains that ended as the question asks, 0 to 0.5. <value>0.05</value></summary>
    [Setting("How much a memory gains that ended as the question asks, as a share of its relevance.", NeedsRestart = true)]
    [Range(0.0, 0.5)]
    public double OutcomeBoost { get; init; } = 0.05;

    /// <summary>Whether words that mean about the same answer too. <value>true</value></summary>
    [Setting("Words that mean about the same answer too, for less.", NeedsRestart = true)]
    public bool Synonyms { get; init; } = true;

    /// <summary>Whether unknown words are read as the nearest known one. <value>true</value></summary>
    [Setting("A word that stands in no memory is read as the nearest one that does, for less.", NeedsRestart = true)]
    public bool Typos { get; init; } = true;
}
