namespace MemoryTriggers.Configuration;

/// <summary>From the section <c>duplicates</c> to the options of the runtime.</summary>
internal static class DuplicateMapping
{
    public static void Apply(DuplicateSettings settings, DuplicateOptions options)
    {
        options.Window = TimeSpan.FromSeconds(settings.WindowSeconds);
        options.Similarity = settings.Similarity;
        options.MaxTracked = settings.MaxTracked;
    }
}
