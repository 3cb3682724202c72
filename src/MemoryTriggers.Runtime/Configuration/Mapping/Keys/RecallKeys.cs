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
        Of(
            "conversation_everyday_words",
            static recall => recall.Conversations.EverydayWords,
            static (recall, everyday) => recall.Conversations.EverydayWords = everyday,
            static settings => settings.ConversationEverydayWords),
        Of("conversation_question_weight", static recall => recall.Conversations.QuestionWeight, static (recall, weight) => recall.Conversations.QuestionWeight = weight, static settings => settings.ConversationQuestionWeight),
        Of("conversation_before_weight", static recall => recall.Conversations.BeforeWeight, static (recall, weight) => recall.Conversations.BeforeWeight = weight, static settings => settings.ConversationBeforeWeight),
        Of("conversation_after_weight", static recall => recall.Conversations.AfterWeight, static (recall, weight) => recall.Conversations.AfterWeight = weight, static settings => settings.ConversationAfterWeight),
        Of("conversation_second_weight", static recall => recall.Conversations.SecondWeight, static (recall, weight) => recall.Conversations.SecondWeight = weight, static settings => settings.ConversationSecondWeight),
        Of("conversation_speaker_boost", static recall => recall.Conversations.SpeakerBoost, static (recall, boost) => recall.Conversations.SpeakerBoost = boost, static settings => settings.ConversationSpeakerBoost),
        Of("conversation_answer_boost", static recall => recall.Conversations.AnswerBoost, static (recall, boost) => recall.Conversations.AnswerBoost = boost, static settings => settings.ConversationAnswerBoost),
        Of("conversation_window_minutes", static recall => recall.Conversations.Window, static (recall, window) => recall.Conversations.Window = window, static settings => TimeSpan.FromMinutes(settings.ConversationWindowMinutes)),
    ];

    private static OptionKey Of<T>(string key, Func<RecallOptions, T> get, Action<RecallOptions, T> set, Func<RecallSettings, T> value) =>
        OptionKey.Of($"recall.{key}", options => get(options.Recall), (options, wanted) => set(options.Recall, wanted), all => value(all.Recall));
}
