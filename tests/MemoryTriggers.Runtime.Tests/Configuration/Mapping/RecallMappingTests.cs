namespace MemoryTriggers.Configuration;

/// <summary>What <c>recall</c> says of conversations reaches the options.</summary>
public sealed class RecallMappingTests
{
    [Fact]
    public void Apply_OfConversations_SetsWhatTheKeysSay()
    {
        var options = new MemoryTriggersOptions();

        OptionKeys.Apply(
            Configured.Yaml(
                "recall: {conversation_everyday_words: true, conversation_question_weight: 0.7, conversation_before_weight: 0.3, " +
                "conversation_after_weight: 0.25, conversation_second_weight: 0.05, conversation_speaker_boost: 0.8, " +
                "conversation_answer_boost: 0.1, conversation_window_minutes: 10}\n"),
            options);

        var conversations = options.Recall.Conversations;
        Assert.True(conversations.EverydayWords);
        Assert.Equal((0.7, 0.3, 0.25, 0.05), (conversations.QuestionWeight, conversations.BeforeWeight, conversations.AfterWeight, conversations.SecondWeight));
        Assert.Equal((0.8, 0.1, TimeSpan.FromMinutes(10)), (conversations.SpeakerBoost, conversations.AnswerBoost, conversations.Window));
    }
}
