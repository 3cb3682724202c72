namespace MemoryTriggers.Configuration;

/// <summary>All options that a configuration can set.</summary>
internal static class OptionKeys
{
    private static readonly OptionKey[] All =
    [
        OptionKey.Of("data_directory", static options => options.DataDirectory, static (options, folder) => options.DataDirectory = folder,
            static all => all.DataDirectory!),
        OptionKey.Of("project", static options => options.Project, static (options, project) => options.Project = project,
            static all => all.Project),
        OptionKey.Of("features.auto_recall", static options => options.AutoRecall.Enabled,
            static (options, isOn) => options.AutoRecall.Enabled = isOn, static all => all.Features.AutoRecall == true),
        .. DeliveryKeys.All, .. TypeKeys.All, .. MonitoringKeys.All, .. StoreKeys.All, .. RetentionKeys.All, .. DirectKeys.All,
    ];

    /// <summary>Sets what a configuration says.</summary>
    /// <returns>What the options were before, in an order of its own.</returns>
    public static IReadOnlyList<object?> Apply(MemoryConfigurationReport report, MemoryTriggersOptions options)
    {
        object?[] before = [.. All.Select(option => option.Get(options))];
        for (var index = 0; index < All.Length; index++) All[index].Set(options, All[index].Value(report, before[index]));
        return before;
    }

    /// <summary>
    /// Sets what two configurations say differently of what may change while the program runs. What code has set after the first one stays.
    /// </summary>
    /// <param name="before">The one that counted.</param>
    /// <param name="after">The one that counts.</param>
    /// <param name="unsaid">What the options were without either.</param>
    /// <param name="options">The options.</param>
    public static void Change(
        MemoryConfigurationReport before, MemoryConfigurationReport after, IReadOnlyList<object?> unsaid, MemoryTriggersOptions options)
    {
        for (var index = 0; index < All.Length; index++)
        {
            var option = All[index];
            var isAsSaid = option.IsLive && OptionKey.Same(option.Get(options), option.Value(before, unsaid[index]));
            if (isAsSaid) option.Set(options, option.Value(after, unsaid[index]));
        }
    }
}
