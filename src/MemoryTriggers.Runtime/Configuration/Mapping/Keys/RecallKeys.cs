namespace MemoryTriggers.Configuration;

/// <summary>The section <c>recall</c>.</summary>
internal static class RecallKeys
{
    public static IReadOnlyList<OptionKey> All { get; } =
    [
        Of("content_weight", static recall => recall.ContentWeight, static (recall, weight) => recall.ContentWeight = weight, static settings => settings.ContentWeight),
        Of("key_weight", static recall => recall.KeyWeight, static (recall, weight) => recall.KeyWeight = weight, static settings => settings.KeyWeight),
        Of("tags_weight", static recall => recall.TagsWeight, static (recall, weight) => recall.TagsWeight = weight, static settings => settings.TagsWeight),
        Of("recency_boost", static recall => recall.RecencyBoost, static (recall, boost) => recall.RecencyBoost = boost, static settings => settings.RecencyBoost),
        Of("recency_half_life_days", static recall => recall.RecencyHalfLife, static (recall, time) => recall.RecencyHalfLife = time, static settings => TimeSpan.FromDays(settings.RecencyHalfLifeDays)),
        Of("quality_boost", static recall => recall.QualityBoost, static (recall, boost) => recall.QualityBoost = boost, static settings => settings.QualityBoost),
        Of("outcome_boost", static recall => recall.OutcomeBoost, static (recall, boost) => recall.OutcomeBoost = boost, static settings => settings.OutcomeBoost),
        Of("synonyms", static recall => recall.Synonyms, static (recall, isOn) => recall.Synonyms = isOn, static settings => settings.Synonyms),
        Of("typos", static recall => recall.Typos, static (recall, isOn) => recall.Typos = isOn, static settings => settings.Typos),
        Of("talk_question_weight", static recall => recall.Talks.QuestionWeight, static (recall, weight) => recall.Talks.QuestionWeight = weight, static settings => settings.TalkQuestionWeight),
        Of("talk_before_weight", static recall => recall.Talks.BeforeWeight, static (recall, weight) => recall.Talks.BeforeWeight = weight, static settings => settings.TalkBeforeWeight),
        Of("talk_after_weight", static recall => recall.Talks.AfterWeight, static (recall, weight) => recall.Talks.AfterWeight = weight, static settings => settings.TalkAfterWeight),
        Of("talk_second_weight", static recall => recall.Talks.SecondWeight, static (recall, weight) => recall.Talks.SecondWeight = weight, static settings => settings.TalkSecondWeight),
        Of("talk_speaker_boost", static recall => recall.Talks.SpeakerBoost, static (recall, boost) => recall.Talks.SpeakerBoost = boost, static settings => settings.TalkSpeakerBoost),
        Of("talk_answer_boost", static recall => recall.Talks.AnswerBoost, static (recall, boost) => recall.Talks.AnswerBoost = boost, static settings => settings.TalkAnswerBoost),
        Of("talk_window_minutes", static recall => recall.Talks.Window, static (recall, window) => recall.Talks.Window = window, static settings => TimeSpan.FromMinutes(settings.TalkWindowMinutes)),
    ];

    private static OptionKey Of<T>(string key, Func<RecallOptions, T> get, Action<RecallOptions, T> set, Func<RecallSettings, T> value) =>
        OptionKey.Of($"recall.{key}", options => get(options.Recall), (options, wanted) => set(options.Recall, wanted), all => value(all.Recall));
}
