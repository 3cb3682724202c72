namespace MemoryTriggers.Configuration;

/// <summary>From the section <c>recall</c> to the options of the runtime.</summary>
internal static class RecallMapping
{
    public static void Apply(RecallSettings settings, RecallOptions options)
    {
        (options.ContentWeight, options.KeyWeight, options.TagsWeight) = (settings.ContentWeight, settings.KeyWeight, settings.TagsWeight);
        (options.RecencyBoost, options.RecencyHalfLife) = (settings.RecencyBoost, TimeSpan.FromDays(settings.RecencyHalfLifeDays));
        (options.QualityBoost, options.OutcomeBoost) = (settings.QualityBoost, settings.OutcomeBoost);
        (options.Synonyms, options.Typos) = (settings.Synonyms, settings.Typos);
        var conversations = options.Conversations;
        conversations.EverydayWords = settings.ConversationEverydayWords;
        (conversations.QuestionWeight, conversations.BeforeWeight, conversations.AfterWeight, conversations.SecondWeight) =
        (
            settings.ConversationQuestionWeight, settings.ConversationBeforeWeight,
            settings.ConversationAfterWeight, settings.ConversationSecondWeight);
        (conversations.SpeakerBoost, conversations.AnswerBoost, conversations.Window) =
            (settings.ConversationSpeakerBoost, settings.ConversationAnswerBoost, TimeSpan.FromMinutes(settings.ConversationWindowMinutes));
    }
}
