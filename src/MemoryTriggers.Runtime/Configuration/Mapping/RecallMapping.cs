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
        var talks = options.Talks;
        (talks.QuestionWeight, talks.BeforeWeight, talks.AfterWeight, talks.SecondWeight) =
            (settings.TalkQuestionWeight, settings.TalkBeforeWeight, settings.TalkAfterWeight, settings.TalkSecondWeight);
        (talks.SpeakerBoost, talks.AnswerBoost, talks.Window) = (settings.TalkSpeakerBoost, settings.TalkAnswerBoost, TimeSpan.FromMinutes(settings.TalkWindowMinutes));
    }
}
