using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Validation;

namespace MemoryTriggers;

/// <summary>
/// How searches rank lines of talks, such as <c>Ann: ...</c>: what a line counts of the words that stand beside it, and what it gains by who says it and what it
/// tells. docs/recall.md explains it.
/// </summary>
public sealed class TalkOptions
{
    /// <summary>What a word of the line before counts when that is a question, which this one answers, 0 to 1. <value>0.6</value></summary>
    [Setting(
        "In talks: what a word of the line before counts, when that is a question.",
        Name = "talk_question_weight", NeedsRestart = true)]
    [Range(0.0, 1.0)]
    public double QuestionWeight { get; set; } = 0.6;

    /// <summary>What a word of the line before counts otherwise, 0 to 1. <value>0.2</value></summary>
    [Setting("In talks: what a word of the line before counts otherwise.", Name = "talk_before_weight", NeedsRestart = true)]
    [Range(0.0, 1.0)]
    public double BeforeWeight { get; set; } = 0.2;

    /// <summary>What a word of the line after counts, 0 to 1. <value>0.15</value></summary>
    [Setting("In talks: what a word of the line after counts.", Name = "talk_after_weight", NeedsRestart = true)]
    [Range(0.0, 1.0)]
    public double AfterWeight { get; set; } = 0.15;

    /// <summary>What a word of the second line to each side counts, 0 to 1. <value>0.1</value></summary>
    [Setting("In talks: what a word of the second line to each side counts.", Name = "talk_second_weight", NeedsRestart = true)]
    [Range(0.0, 1.0)]
    public double SecondWeight { get; set; } = 0.1;

    /// <summary>How much a line gains that is said by whom the question is about, as a share of its relevance, 0 to 2. <value>0.4</value></summary>
    [Setting(
        "In talks: how much a line gains that is said by whom the question is about, as a share of its relevance.",
        Name = "talk_speaker_boost", NeedsRestart = true)]
    [Range(0.0, 2.0)]
    public double SpeakerBoost { get; set; } = 0.4;

    /// <summary>
    /// How much a line gains that tells a time or a number when the question asks for one, or is of the month that it names, as a share of its relevance,
    /// 0 to 2. <value>0.2</value>
    /// </summary>
    [Setting(
        "In talks: how much a line gains that tells when or how many, as the question asks, as a share of its relevance.",
        Name = "talk_answer_boost", NeedsRestart = true)]
    [Range(0.0, 2.0)]
    public double AnswerBoost { get; set; } = 0.2;

    /// <summary>
    /// Within what time two lines that follow each other are of one talk, when neither a session, an entity nor a trace tells it, 1 second to 365 days.
    /// <value>3 hours</value>
    /// </summary>
    [Setting(
        "In talks: within how many minutes two lines are of one talk, when neither session, entity nor trace tells it.",
        Name = "talk_window_minutes", Unit = SettingUnit.Minutes, NeedsRestart = true)]
    [TimeSpanRange("00:00:01", "365.00:00:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromHours(3);

    internal TalkOptions Snapshot() => (TalkOptions)MemberwiseClone();
}
