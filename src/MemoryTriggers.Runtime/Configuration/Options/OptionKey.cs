namespace MemoryTriggers.Configuration;

/// <summary>
/// One option of the runtime, and its value by a configuration. Where no key that concerns it is set, it stays as it is.
/// </summary>
/// <param name="get">Reads the option.</param>
/// <param name="set">Sets it.</param>
/// <param name="value">Its value by a configuration; gets the value that it has without one.</param>
/// <param name="isLive">Whether a reload may change it.</param>
internal sealed class OptionKey(
    Func<MemoryTriggersOptions, object?> get, Action<MemoryTriggersOptions, object?> set,
    Func<MemoryConfigurationReport, object?, object?> value, bool isLive)
{
    public bool IsLive => isLive;

    public object? Get(MemoryTriggersOptions options) => get(options);

    public void Set(MemoryTriggersOptions options, object? wanted)
    {
        if (!Same(get(options), wanted)) set(options, wanted);
    }

    public object? Value(MemoryConfigurationReport report, object? unsaid) => value(report, unsaid);

    /// <summary>Whether two values of an option are equal; lists are by their items.</summary>
    public static bool Same(object? one, object? other) =>
        one is IEnumerable<string> first && other is IEnumerable<string> second ? first.SequenceEqual(second) : Equals(one, other);

    /// <summary>An option that one key sets.</summary>
    public static OptionKey Of<T>(
        string key, Func<MemoryTriggersOptions, T> get, Action<MemoryTriggersOptions, T> set, Func<ConfigurationSnapshot, T> value,
        bool isLive = false) =>
        By(get, set, (report, unsaid) => report.Says(key) ? value(report.Configuration) : unsaid, isLive);

    /// <summary>An option for which several keys count.</summary>
    public static OptionKey By<T>(
        Func<MemoryTriggersOptions, T> get, Action<MemoryTriggersOptions, T> set, Func<MemoryConfigurationReport, T, T> value,
        bool isLive = false) =>
        new(options => get(options), (options, wanted) => set(options, (T)wanted!), (report, unsaid) => value(report, (T)unsaid!), isLive);
}
