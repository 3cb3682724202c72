namespace MemoryTriggers.Configuration;

/// <summary>Errors that come again, memories that do, and stores that fail: the sections <c>errors</c>, <c>duplicates</c> and <c>circuit_breaker</c>.</summary>
internal static class ErrorKeys
{
    public static IReadOnlyList<OptionKey> All { get; } =
    [
        OptionKey.Of("features.auto_recall", static options => options.AutoRecall.Enabled, static (options, isOn) => options.AutoRecall.Enabled = isOn, static all => all.Features.AutoRecall == true),
        Error("link", static errors => errors.Link, static (errors, isOn) => errors.Link = isOn, static settings => settings.Link),
        Error("max_errors", static errors => errors.MaxErrors, static (errors, count) => errors.MaxErrors = count, static settings => settings.MaxErrors),
        Error("budget_ms", static errors => errors.Budget, static (errors, time) => errors.Budget = time, static settings => TimeSpan.FromMilliseconds(settings.BudgetMs)),
        Error("max_resolutions", static errors => errors.MaxResolutions, static (errors, count) => errors.MaxResolutions = count, static settings => settings.MaxResolutions),
        Duplicate("window_seconds", static duplicates => duplicates.Window, static (duplicates, window) => duplicates.Window = window, static settings => TimeSpan.FromSeconds(settings.WindowSeconds)),
        Duplicate("similarity", static duplicates => duplicates.Similarity, static (duplicates, share) => duplicates.Similarity = share, static settings => settings.Similarity),
        Duplicate("max_tracked", static duplicates => duplicates.MaxTracked, static (duplicates, count) => duplicates.MaxTracked = count, static settings => settings.MaxTracked),
        Breaker("enabled", static breaker => breaker.Enabled, static (breaker, isOn) => breaker.Enabled = isOn, static settings => settings.Enabled),
        Breaker("failure_threshold", static breaker => breaker.FailureThreshold, static (breaker, count) => breaker.FailureThreshold = count, static settings => settings.FailureThreshold),
        Breaker("recovery_timeout", static breaker => breaker.RecoveryTimeout, static (breaker, time) => breaker.RecoveryTimeout = time, static settings => TimeSpan.FromSeconds(settings.RecoveryTimeout)),
        Breaker("success_threshold", static breaker => breaker.SuccessThreshold, static (breaker, count) => breaker.SuccessThreshold = count, static settings => settings.SuccessThreshold),
        Breaker("timeout", static breaker => breaker.OperationTimeout, static (breaker, time) => breaker.OperationTimeout = time, static settings => TimeSpan.FromSeconds(settings.Timeout)),
        Breaker("sampling_window", static breaker => breaker.SamplingWindow, static (breaker, time) => breaker.SamplingWindow = time, static settings => TimeSpan.FromSeconds(settings.SamplingWindow)),
        Breaker("slow_call_threshold", static breaker => breaker.SlowCall, static (breaker, time) => breaker.SlowCall = time, static settings => TimeSpan.FromSeconds(settings.SlowCallThreshold)),
        Breaker("slow_call_rate_threshold", static breaker => breaker.SlowCallRate, static (breaker, share) => breaker.SlowCallRate = share, static settings => settings.SlowCallRateThreshold),
    ];

    private static OptionKey Error<T>(string key, Func<AutoRecallOptions, T> get, Action<AutoRecallOptions, T> set, Func<ErrorSettings, T> value) =>
        OptionKey.Of($"errors.{key}", options => get(options.AutoRecall), (options, wanted) => set(options.AutoRecall, wanted), all => value(all.Errors));

    private static OptionKey Duplicate<T>(string key, Func<DuplicateOptions, T> get, Action<DuplicateOptions, T> set, Func<DuplicateSettings, T> value) =>
        OptionKey.Of($"duplicates.{key}", options => get(options.Duplicates), (options, wanted) => set(options.Duplicates, wanted), all => value(all.Duplicates));

    private static OptionKey Breaker<T>(string key, Func<CircuitBreakerOptions, T> get, Action<CircuitBreakerOptions, T> set, Func<CircuitBreakerSettings, T> value) =>
        OptionKey.Of($"circuit_breaker.{key}", options => get(options.Operations.CircuitBreaker), (options, wanted) => set(options.Operations.CircuitBreaker, wanted), all => value(all.CircuitBreaker));
}
