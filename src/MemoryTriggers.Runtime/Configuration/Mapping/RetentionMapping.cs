namespace MemoryTriggers.Configuration;

/// <summary>From the section <c>retention</c> to the options of the runtime.</summary>
internal static class RetentionMapping
{
    public static void Apply(RetentionSettings settings, RetentionOptions options)
    {
        options.LowQuality = TimeSpan.FromDays(settings.LowQualityDays);
        foreach (var (category, own) in settings.Categories) options.Categories[category] = own.Days > 0 ? TimeSpan.FromDays(own.Days) : null;
    }
}
