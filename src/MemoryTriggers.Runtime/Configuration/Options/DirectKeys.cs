namespace MemoryTriggers.Configuration;

/// <summary>Options that have their key themselves: the key sets the property that it is at, and nothing else does.</summary>
internal static class DirectKeys
{
    public static IReadOnlyList<OptionKey> All { get; } =
    [
        .. Of(static said => said.Journal, static options => options.Journal),
        .. Of(static said => said.Delivery, static options => options.Delivery),
        .. Of(static said => said.ReadCache, static options => options.ReadCache),
        .. Of(static said => said.Policies, static options => options.Policies),
        .. Of(static said => said.Policies.Set, static options => options.Policies.Set),
        .. Of(static said => said.Recall, static options => options.Recall),
        .. Of(static said => said.Recall.Conversations, static options => options.Recall.Conversations),
        .. Of(static said => said.Hooks, static options => options.Hooks),
        .. Of(static said => said.Lines, static options => options.Lines),
        .. Of(static said => said.Duplicates, static options => options.Duplicates),
        .. Of(static said => said.Errors, static options => options.AutoRecall),
        .. Of(static said => said.Retention, static options => options.Retention),
        .. Of(static said => said.Operations, static options => options.Operations),
        .. Of(static said => said.Operations.Alerts, static options => options.Operations.Alerts),
        .. Of(static said => said.Operations.MetricsHistory, static options => options.Operations.MetricsHistory),
        .. Of(static said => said.Operations.Prediction, static options => options.Operations.Prediction),
        .. Of(static said => said.CircuitBreaker, static options => options.Operations.CircuitBreaker),
        .. Of(static said => said.Sqlite, static options => options.Sqlite),
    ];

    private static IEnumerable<OptionKey> Of<TOptions>(
        Func<ConfigurationSnapshot, TOptions> said, Func<MemoryTriggersOptions, TOptions> given)
        where TOptions : class =>
        SettingTypes.Of(typeof(TOptions)).Select(key => new OptionKey(
            options => key.GetOption(given(options)),
            (options, wanted) => key.SetOption(given(options), wanted),
            (report, unsaid) => report.Says(key.Path) ? key.GetOption(said(report.Configuration)) : unsaid,
            isLive: !key.NeedsRestart));
}
