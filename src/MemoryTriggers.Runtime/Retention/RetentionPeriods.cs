namespace MemoryTriggers.Retention;

/// <summary>When a memory goes.</summary>
internal sealed class RetentionPeriods(RetentionOptions options)
{
    /// <summary>No memory goes sooner after it was made, unless it has a time of its own; <see langword="null"/> when none goes.</summary>
    public TimeSpan? Shortest => options.Enabled
        ? options.Categories.Values.OfType<TimeSpan>().Append(options.Default).Append(options.Important)
            .Append(options.MinQuality > 0 ? options.LowQuality : TimeSpan.MaxValue).Min()
        : null;

    /// <returns><see langword="null"/> for never.</returns>
    public DateTimeOffset? EndOf(MemoryEntry entry)
    {
        if (entry.ExpiresAt is { } own) return own;
        if (!options.Enabled || PeriodOf(entry) is not { } period) return null;
        return Latest(entry.CreatedAt, entry.UpdatedAt, entry.LastSeenAt ?? entry.CreatedAt) + period;
    }

    private TimeSpan? PeriodOf(MemoryEntry entry)
    {
        if (entry.QualityScore < options.MinQuality) return options.LowQuality;

        var period = options.Categories.TryGetValue(entry.Category, out var named) ? named : options.Default;
        return entry.Priority is TriggerPriority.High or TriggerPriority.Critical && period < options.Important
            ? options.Important
            : period;
    }

    private static DateTimeOffset Latest(DateTimeOffset one, DateTimeOffset two, DateTimeOffset three)
    {
        var latest = one > two ? one : two;
        return latest > three ? latest : three;
    }
}
