namespace MemoryTriggers.Configuration;

/// <summary>From the sections that the reference does not have to the options of the runtime.</summary>
internal static class MoreMapping
{
    public static void Apply(MemoryConfiguration configuration, MemoryTriggersOptions options)
    {
        Recall(configuration.Recall, options.Recall);
        Hooks(configuration.Hooks, options.Hooks);
        Errors(configuration.Errors, options.AutoRecall);
        CircuitBreaker(configuration.CircuitBreaker, options.Operations.CircuitBreaker);
        var duplicates = configuration.Duplicates;
        options.Duplicates.Window = TimeSpan.FromSeconds(duplicates.WindowSeconds);
        options.Duplicates.Similarity = duplicates.Similarity;
        options.Duplicates.MaxTracked = duplicates.MaxTracked;
        if (configuration.Protection.CompressAboveBytes is { } bytes) options.Protection.CompressAbove = bytes;
        if (configuration.Backend.EncryptionEnabled && configuration.Protection.EncryptionKeyEnv is { } variable) options.Protection.KeyVariable = variable;
        options.Retention.LowQuality = TimeSpan.FromDays(configuration.Retention.LowQualityDays);
        foreach (var (category, settings) in configuration.Retention.Categories) options.Retention.Categories[category] = settings.Days > 0 ? TimeSpan.FromDays(settings.Days) : null;
    }

    private static void Recall(RecallSettings settings, RecallOptions options)
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

    private static void Hooks(HookSettings settings, MemoryHooksOptions options)
    {
        (options.Enabled, options.CaptureOnSuccess, options.CaptureOnError, options.CaptureResult) = (settings.Enabled, settings.CaptureOnSuccess, settings.CaptureOnError, settings.CaptureResult);
        (options.MaxContentLength, options.MaxMetadataSize) = (settings.MaxContentLength, settings.MaxMetadataSize);
        options.CallbackTimeout = TimeSpan.FromSeconds(settings.CallbackTimeout);
    }

    private static void Errors(ErrorSettings settings, AutoRecallOptions options)
    {
        (options.Link, options.MaxErrors, options.MaxResolutions) = (settings.Link, settings.MaxErrors, settings.MaxResolutions);
        options.Budget = TimeSpan.FromMilliseconds(settings.BudgetMs);
    }

    private static void CircuitBreaker(CircuitBreakerSettings settings, CircuitBreakerOptions options)
    {
        (options.Enabled, options.FailureThreshold, options.SuccessThreshold) = (settings.Enabled, settings.FailureThreshold, settings.SuccessThreshold);
        options.RecoveryTimeout = TimeSpan.FromSeconds(settings.RecoveryTimeout);
        options.OperationTimeout = TimeSpan.FromSeconds(settings.Timeout);
        options.SamplingWindow = TimeSpan.FromSeconds(settings.SamplingWindow);
        (options.SlowCall, options.SlowCallRate) = (TimeSpan.FromSeconds(settings.SlowCallThreshold), settings.SlowCallRateThreshold);
    }
}
