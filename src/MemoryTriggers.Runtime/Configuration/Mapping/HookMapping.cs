namespace MemoryTriggers.Configuration;

/// <summary>From the section <c>hooks</c> to the options of the runtime.</summary>
internal static class HookMapping
{
    public static void Apply(HookSettings settings, MemoryHooksOptions options)
    {
        (options.Enabled, options.CaptureOnSuccess, options.CaptureOnError, options.CaptureResult) = (settings.Enabled, settings.CaptureOnSuccess, settings.CaptureOnError, settings.CaptureResult);
        (options.MaxContentLength, options.MaxMetadataSize) = (settings.MaxContentLength, settings.MaxMetadataSize);
        options.CallbackTimeout = TimeSpan.FromSeconds(settings.CallbackTimeout);
    }
}
