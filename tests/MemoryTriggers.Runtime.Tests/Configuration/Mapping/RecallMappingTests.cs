namespace MemoryTriggers.Configuration;

/// <summary>What <c>recall</c> says of talks reaches the options.</summary>
public sealed class RecallMappingTests
{
    [Fact]
    public void Apply_OfTalks_SetsWhatTheKeysSay()
    {
        var options = new MemoryTriggersOptions();

        OptionKeys.Apply(
            Configured.Yaml(
                "recall: {talk_question_weight: 0.7, talk_before_weight: 0.3, talk_after_weight: 0.25, talk_second_weight: 0.05, talk_speaker_boost: 0.8, talk_answer_boost: 0.1, talk_window_minutes: 10}\n"),
            options);

        var talks = options.Recall.Talks;
        Assert.Equal((0.7, 0.3, 0.25, 0.05), (talks.QuestionWeight, talks.BeforeWeight, talks.AfterWeight, talks.SecondWeight));
        Assert.Equal((0.8, 0.1, TimeSpan.FromMinutes(10)), (talks.SpeakerBoost, talks.AnswerBoost, talks.Window));
    }
}
