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

    /// <summary>Whether words of everyday English count in conversations. <value>false</value></summary>
    [Setting("In conversations: words of everyday English count, and are loaded for it ([recall.md](recall.md)).", NeedsRestart = true)]
    public bool ConversationEverydayWords { get; init; }

    /// <summary>What a word of the line before counts, when that is a question, 0 to 1. <value>0.6</value></summary>
    [Setting("In conversations: what a word of the line before counts, when that is a question.", NeedsRestart = true)]
    [Range(0.0, 1.0)]
    public double ConversationQuestionWeight { get; init; } = 0.6;

    /// <summary>What a word of the line before counts otherwise, 0 to 1. <value>0.2</value></summary>
    [Setting("In conversations: what a word of the line before counts otherwise.", NeedsRestart = true)]
    [Range(0.0, 1.0)]
    public double ConversationBeforeWeight { get; init; } = 0.2;

    /// <summary>What a word of the line after counts, 0 to 1. <value>0.15</value></summary>
    [Setting("In conversations: what a word of the line after counts.", NeedsRestart = true)]
    [Range(0.0, 1.0)]
    public double ConversationAfterWeight { get; init; } = 0.15;

    /// <summary>What a word of the second line to each side counts, 0 to 1. <value>0.1</value></summary>
    [Setting("In conversations: what a word of the second line to each side counts.", NeedsRestart = true)]
    [Range(0.0, 1.0)]
    public double ConversationSecondWeight { get; init; } = 0.1;

    /// <summary>How much a line gains when the question is about its speaker, 0 to 2. <value>0.4</value></summary>
    [Setting("In conversations: how much a line gains when the question is about its speaker, as a share of its relevance.", NeedsRestart = true)]
    [Range(0.0, 2.0)]
    public double ConversationSpeakerBoost { get; init; } = 0.4;

    /// <summary>How much a line gains that tells the kind of thing that the question asks for, 0 to 2. <value>0.2</value></summary>
    [Setting(
        "In conversations: how much a line gains, as a share of its relevance, from the month that the question names or, with the everyday words, with a "
        + "time or a number when the question asks for one.",
        NeedsRestart = true)]
    [Range(0.0, 2.0)]
    public double ConversationAnswerBoost { get; init; } = 0.2;

    /// <summary>The most minutes between two lines of one conversation that has no key, 1 to 525,600. <value>180</value></summary>
    [Setting("In conversations: the most minutes between two lines, where they have no session, entity or trace.", NeedsRestart = true)]
    [Range(1, 525_600)]
    public int ConversationWindowMinutes { get; init; } = 180;
}
