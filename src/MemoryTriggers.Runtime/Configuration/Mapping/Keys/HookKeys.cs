namespace MemoryTriggers.Configuration;

/// <summary>The section <c>hooks</c>.</summary>
internal static class HookKeys
{
    public static IReadOnlyList<OptionKey> All { get; } =
    [
        Of("enabled", static hooks => hooks.Enabled, static (hooks, isOn) => hooks.Enabled = isOn, static settings => settings.Enabled),
        Of("capture_on_success", static hooks => hooks.CaptureOnSuccess, static (hooks, isOn) => hooks.CaptureOnSuccess = isOn, static settings => settings.CaptureOnSuccess),
        Of("capture_on_error", static hooks => hooks.CaptureOnError, static (hooks, isOn) => hooks.CaptureOnError = isOn, static settings => settings.CaptureOnError),
        Of("capture_result", static hooks => hooks.CaptureResult, static (hooks, isOn) => hooks.CaptureResult = isOn, static settings => settings.CaptureResult),
        Of("max_content_length", static hooks => hooks.MaxContentLength, static (hooks, length) => hooks.MaxContentLength = length, static settings => settings.MaxContentLength),
        Of("max_metadata_size", static hooks => hooks.MaxMetadataSize, static (hooks, size) => hooks.MaxMetadataSize = size, static settings => settings.MaxMetadataSize),
        Of("callback_timeout", static hooks => hooks.CallbackTimeout, static (hooks, time) => hooks.CallbackTimeout = time, static settings => TimeSpan.FromSeconds(settings.CallbackTimeout)),
    ];

    private static OptionKey Of<T>(string key, Func<MemoryHooksOptions, T> get, Action<MemoryHooksOptions, T> set, Func<HookSettings, T> value) =>
        OptionKey.Of($"hooks.{key}", options => get(options.Hooks), (options, wanted) => set(options.Hooks, wanted), all => value(all.Hooks));
}
