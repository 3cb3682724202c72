using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Validation;

namespace MemoryTriggers;

/// <summary>
/// How searches rank lines of conversations, such as <c>Ann: ...</c>: what a line counts of the words beside it, and what it gains by its
/// speaker and by what it tells. docs/recall.md explains it.
/// </summary>
public sealed class ConversationOptions
{
    /// <summary>
    /// Whether words of everyday English count: other words for the same thing (<c>purchase</c> for <c>bought</c>), members of a kind
    /// (<c>hamster</c> for <c>pet</c>), and words that tell a time or a number. They are loaded at the first search of a conversation. Of
    /// use where people write about their lives; not in technical texts. <value>false</value>
    /// </summary>
    [Setting(
        "In conversations: words of everyday English count, and are loaded for it ([recall.md](recall.md)).",
        Name = "conversation_everyday_words", NeedsRestart = true)]
    public bool EverydayWords { get; set; }

    /// <summary>What a word of the line before counts when that is a question, which this one answers, 0 to 1. <value>0.6</value></summary>
    [Setting(
        "In conversations: what a word of the line before counts, when that is a question.",
        Name = "conversation_question_weight", NeedsRestart = true)]
    [Range(0.0, 1.0)]
    public double QuestionWeight { get; set; } = 0.6;

    /// <summary>What a word of the line before counts otherwise, 0 to 1. <value>0.2</value></summary>
    [Setting(
        "In conversations: what a word of the line before counts otherwise.",
        Name = "conversation_before_weight", NeedsRestart = true)]
    [Range(0.0, 1.0)]
    public double BeforeWeight { get; set; } = 0.2;

    /// <summary>What a word of the line after counts, 0 to 1. <value>0.15</value></summary>
    [Setting(
        "In conversations: what a word of the line after counts.",
        Name = "conversation_after_weight", NeedsRestart = true)]
    [Range(0.0, 1.0)]
    public double AfterWeight { get; set; } = 0.15;

    /// <summary>What a word of the second line to each side counts, 0 to 1. <value>0.1</value></summary>
    [Setting(
        "In conversations: what a word of the second line to each side counts.",
        Name = "conversation_second_weight", NeedsRestart = true)]
    [Range(0.0, 1.0)]
    public double SecondWeight { get; set; } = 0.1;

    /// <summary>
    /// How much a line gains when the question is about its speaker, as a share of its relevance, 0 to 2. <value>0.4</value>
    /// </summary>
    [Setting(
        "In conversations: how much a line gains when the question is about its speaker, as a share of its relevance.",
        Name = "conversation_speaker_boost", NeedsRestart = true)]
    [Range(0.0, 2.0)]
    public double SpeakerBoost { get; set; } = 0.4;

    /// <summary>
    /// How much a line gains that is from the month that the question names, or, with <see cref="EverydayWords"/>, tells a time or a
    /// number when the question asks for one, as a share of its relevance, 0 to 2. <value>0.2</value>
    /// </summary>
    [Setting(
        "In conversations: how much a line gains, as a share of its relevance, from the month that the question names or, with the " +
        "everyday " +
        "words, with a time or a number when the question asks for one.",
        Name = "conversation_answer_boost", NeedsRestart = true)]
    [Range(0.0, 2.0)]
    public double AnswerBoost { get; set; } = 0.2;

    /// <summary>
    /// The longest time between two successive lines of one conversation that has no session, entity or trace, 1 second to 365 days.
    /// <value>3 hours</value>
    /// </summary>
    [Setting(
        "In conversations: the most minutes between two lines, where they have no session, entity or trace.",
        Name = "conversation_window_minutes", Unit = SettingUnit.Minutes, NeedsRestart = true)]
    [TimeSpanRange("00:00:01", "365.00:00:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromHours(3);

    internal ConversationOptions Snapshot() => (ConversationOptions)MemberwiseClone();
}
