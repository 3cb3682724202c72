using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Validation;

namespace MemoryTriggers;

/// <summary>
/// How searches rank lines of conversations, such as <c>Ann: ...</c>: what a line counts of the words beside it, and what it gains by its speaker and
/// by what it tells. docs/recall.md explains it.
/// </summary>
public sealed class ConversationOptions
{
    /// <summary>
    /// Whether words of everyday English count: other words for the same thing (<c>purchase</c> for <c>bought</c>), members of a kind (<c>hamster</c> for
    /// <c>pet</c>), and words that tell a time or a number. They are loaded at the first search of a conversation. Of use where people write about their
    /// lives; not in technical texts. <value>false</value>
    /// </summary>
    public bool EverydayWords { get; set; }

    /// <summary>What a word of the line before counts when that is a question, which this one answers, 0 to 1. <value>0.6</value></summary>
    [Range(0.0, 1.0)]
    public double QuestionWeight { get; set; } = 0.6;

    /// <summary>What a word of the line before counts otherwise, 0 to 1. <value>0.2</value></summary>
    [Range(0.0, 1.0)]
    public double BeforeWeight { get; set; } = 0.2;

    /// <summary>What a word of the line after counts, 0 to 1. <value>0.15</value></summary>
    [Range(0.0, 1.0)]
    public double AfterWeight { get; set; } = 0.15;

    /// <summary>What a word of the second line to each side counts, 0 to 1. <value>0.1</value></summary>
    [Range(0.0, 1.0)]
    public double SecondWeight { get; set; } = 0.1;

    /// <summary>How much a line gains when the question is about its speaker, as a share of its relevance, 0 to 2. <value>0.4</value></summary>
    [Range(0.0, 2.0)]
    public double SpeakerBoost { get; set; } = 0.4;

    /// <summary>
    /// How much a line gains that is from the month that the question names, or, with <see cref="EverydayWords"/>, tells a time or a number when the
    /// question asks for one, as a share of its relevance, 0 to 2. <value>0.2</value>
    /// </summary>
    [Range(0.0, 2.0)]
    public double AnswerBoost { get; set; } = 0.2;

    /// <summary>
    /// The longest time between two successive lines of one conversation that has no session, entity or trace, 1 second to 365 days.
    /// <value>3 hours</value>
    /// </summary>
    [TimeSpanRange("00:00:01", "365.00:00:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromHours(3);

    internal ConversationOptions Snapshot() => (ConversationOptions)MemberwiseClone();
}
