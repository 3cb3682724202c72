using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Validation;
using Microsoft.Extensions.Options;

namespace MemoryTriggers;

/// <summary>
/// How searches rank what they find: first of all by how well its words answer the question. What is said here besides moves only what
/// answers about equally well. docs/recall.md has the formula.
/// </summary>
public sealed class RecallOptions
{
    /// <summary>What a word in <see cref="MemoryEntry.Content"/> counts, 0 to 10. <value>1</value></summary>
    [Setting("What a word in a memory's line counts ([recall.md](recall.md)).", NeedsRestart = true)]
    [Range(0.0, 10.0)]
    public double ContentWeight { get; set; } = 1;

    /// <summary>What a word in <see cref="MemoryEntry.Key"/> counts, 0 to 10. <value>2</value></summary>
    [Setting("What a word in its key counts.", NeedsRestart = true)]
    [Range(0.0, 10.0)]
    public double KeyWeight { get; set; } = 2;

    /// <summary>What a word in <see cref="MemoryEntry.Tags"/> counts, 0 to 10. <value>1.5</value></summary>
    [Setting("What a word in its tags counts.", NeedsRestart = true)]
    [Range(0.0, 10.0)]
    public double TagsWeight { get; set; } = 1.5;

    /// <summary>How much a memory of this moment gains, as a share of its relevance, 0 to 0.5. <value>0.05</value></summary>
    [Setting("How much a memory of this moment gains, as a share of its relevance.", NeedsRestart = true)]
    [Range(0.0, 0.5)]
    public double RecencyBoost { get; set; } = 0.05;

    /// <summary>After what time half of <see cref="RecencyBoost"/> is left, 72 minutes to 100 years. <value>30 days</value></summary>
    [Setting("Days after which half of that is left.", Name = "recency_half_life_days", Unit = SettingUnit.Days, NeedsRestart = true)]
    [TimeSpanRange("01:12:00", "36525.00:00:00")]
    public TimeSpan RecencyHalfLife { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// How much a memory of quality 1 gains and one of quality 0 loses, as a share of the relevance, 0 to 0.5. An unrated one does neither.
    /// <value>0.05</value>
    /// </summary>
    [Setting("How much a memory of quality 1 gains and one of quality 0 loses, as a share of its relevance.", NeedsRestart = true)]
    [Range(0.0, 0.5)]
    public double QualityBoost { get; set; } = 0.05;

    /// <summary>
    /// How much a memory gains that ended as the question asks, as a share of the relevance, 0 to 0.5: a failure when it asks what failed,
    /// a success
    /// when it asks what was solved. <value>0.05</value>
    /// </summary>
    [Setting("How much a memory gains that ended as the question asks, as a share of its relevance.", NeedsRestart = true)]
    [Range(0.0, 0.5)]
    public double OutcomeBoost { get; set; } = 0.05;

    /// <summary>
    /// Whether words that mean about the same answer too, for less: <c>error</c> where the question says <c>failure</c>.
    /// <value>true</value>
    /// </summary>
    [Setting("Words that mean about the same answer too, for less.", NeedsRestart = true)]
    public bool Synonyms { get; set; } = true;

    /// <summary>Whether a word that is in no memory is read as the nearest one that is, for less. <value>true</value></summary>
    [Setting("A word that is in no memory is read as the nearest one that is, for less.", NeedsRestart = true)]
    public bool Typos { get; set; } = true;

    /// <summary>How lines of conversations are ranked.</summary>
    [ValidateObjectMembers]
    public ConversationOptions Conversations { get; set; } = new();

    internal RecallOptions Snapshot()
    {
        var copy = (RecallOptions)MemberwiseClone();
        copy.Conversations = Conversations.Snapshot();
        return copy;
    }
}
