namespace MemoryTriggers.Configuration;

/// <summary>What is captured of each type of trigger: the section <c>types</c>, and what switches types off elsewhere.</summary>
internal static class TypeKeys
{
    public static IReadOnlyList<OptionKey> All { get; } = [.. Enum.GetValues<TriggerType>().SelectMany(Of)];

    private static IEnumerable<OptionKey> Of(TriggerType type)
    {
        var key = $"types.{type.Name()}";
        yield return By(type, static limits => limits.Enabled, static (limits, isOn) => limits.Enabled = isOn, (report, unsaid) =>
            !TriggerTypeMapping.IsOn(report.Configuration, type) ? false : report.Says($"{key}.enabled") || unsaid);
        yield return By(
            type, static limits => limits.MinPriority, static (limits, priority) => limits.MinPriority = priority,
            (report, unsaid) =>
                report.Says($"{key}.min_priority") ? TriggerTypeMapping.Settings(report.Configuration, type).MinPriority : unsaid);
        yield return By(type, static limits => limits.MaxPending, static (limits, count) => limits.MaxPending = count, (report, unsaid) =>
            report.Says($"{key}.max_pending") ? TriggerTypeMapping.Settings(report.Configuration, type).MaxPending : unsaid);
        yield return By(type, static limits => limits.BatchSize, static (limits, size) => limits.BatchSize = size, (report, unsaid) =>
            report.Says($"{key}.batch_size") ? TriggerTypeMapping.Settings(report.Configuration, type).BatchSize : unsaid);
        yield return By(type, static limits => limits.BatchAge, static (limits, age) => limits.BatchAge = age, (report, unsaid) =>
            report.Says($"{key}.batch_age_ms") ? TriggerTypeMapping.Settings(report.Configuration, type).BatchAge : unsaid);
        yield return By(type, static limits => limits.Timeout, static (limits, time) => limits.Timeout = time, (report, unsaid) =>
            report.Says($"{key}.timeout_seconds") ? TriggerTypeMapping.Settings(report.Configuration, type).Timeout : unsaid);
    }

    private static OptionKey By<T>(
        TriggerType type, Func<TriggerTypeOptions, T> get, Action<TriggerTypeOptions, T> set,
        Func<MemoryConfigurationReport, T, T> value) =>
        OptionKey.By(options => get(Limits(options, type)), (options, wanted) => Change(options, type, limits => set(limits, wanted)),
            value, isLive: true);

    private static TriggerTypeOptions Limits(MemoryTriggersOptions options, TriggerType type) =>
        options.Types.TryGetValue(type, out var limits) ? limits : new TriggerTypeOptions();

    // Another object each time: what reads the old one sees nothing half changed, and the program's own object stays as it is. A type
    // without limits is not named.
    private static void Change(MemoryTriggersOptions options, TriggerType type, Action<TriggerTypeOptions> change)
    {
        var given = Limits(options, type);
        var limits = given.Copy();
        change(limits);
        if (limits.IsNone) options.Types.Remove(type);
        else options.Types[type] = limits;
    }
}
