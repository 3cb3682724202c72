namespace MemoryTriggers.Configuration;

/// <summary>Sections of a file that are options of the code: each key sets the property that it is.</summary>
internal static class SectionKeys
{
    public static IReadOnlyList<OptionKey> All { get; } =
    [
        .. Of("journal", static said => said.Journal, static options => options.Journal),
        .. Of("delivery", static said => said.Delivery, static options => options.Delivery),
        .. Of("recall", static said => said.Recall, static options => options.Recall),
        .. Of("hooks", static said => said.Hooks, static options => options.Hooks),
        .. Of("errors", static said => said.Errors, static options => options.AutoRecall),
        .. Of("duplicates", static said => said.Duplicates, static options => options.Duplicates),
        .. Of("operations", static said => said.Operations, static options => options.Operations),
        .. Of("alerts", static said => said.Alerts, static options => options.Operations.Alerts),
        .. Of("prediction", static said => said.Prediction, static options => options.Operations.Prediction),
        .. Of("sqlite", static said => said.Sqlite, static options => options.Sqlite),
        .. Of("circuit_breaker", static said => said.CircuitBreaker, static options => options.Operations.CircuitBreaker),
    ];

    private static IEnumerable<OptionKey> Of<TOptions>(
        string section, Func<ConfigurationSnapshot, TOptions> said, Func<MemoryTriggersOptions, TOptions> given)
        where TOptions : class =>
        SettingTypes.Of(typeof(TOptions)).Properties.Select(property => new OptionKey(
            options => property.GetOption(given(options)),
            (options, wanted) => property.SetOption(given(options), wanted),
            (report, unsaid) => report.Says($"{section}.{property.Name}") ? property.GetOption(said(report.Configuration)) : unsaid,
            isLive: false));
}
