namespace MemoryTriggers.Configuration;

/// <summary>From the section <c>errors</c> to the options of the runtime.</summary>
internal static class ErrorMapping
{
    public static void Apply(ErrorSettings settings, AutoRecallOptions options)
    {
        (options.Link, options.MaxErrors, options.MaxResolutions) = (settings.Link, settings.MaxErrors, settings.MaxResolutions);
        options.Budget = TimeSpan.FromMilliseconds(settings.BudgetMs);
    }
}
