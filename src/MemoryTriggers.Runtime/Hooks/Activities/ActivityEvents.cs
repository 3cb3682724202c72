using System.Diagnostics;

namespace MemoryTriggers.Hooks;

/// <summary>Converts activities to events. Its trace and span are kept.</summary>
internal static class ActivityEvents
{
    private const string Source = "activity";

    public static HookEvent Completed(Activity activity, bool includesTags, object? once) => new()
    {
        Type = HookType.WorkflowComplete,
        Operation = activity.DisplayName,
        Subject = activity.Source.Name,
        Source = Source,
        Duration = activity.Duration,
        Metadata = Metadata(activity, includesTags),
        Activity = activity,
        Once = once,
    };

    public static HookEvent Failed(Activity activity, bool includesTags, object? once)
    {
        var thrown = activity.Events.LastOrDefault(static entry => entry.Name == "exception").Tags?.ToDictionary();
        return new HookEvent
        {
            Type = HookType.WorkflowError,
            Operation = activity.DisplayName,
            Subject = activity.Source.Name,
            Source = Source,
            Duration = activity.Duration,
            ErrorType = thrown?.GetValueOrDefault("exception.type") as string ?? activity.GetTagItem("error.type") as string ?? "activity",
            ErrorMessage = activity.StatusDescription is { Length: > 0 } said
                ? said
                : thrown?.GetValueOrDefault("exception.message") as string,
            Priority = TriggerPriority.High,
            Metadata = Metadata(activity, includesTags),
            Activity = activity,
            Once = once,
        };
    }

    private static Dictionary<string, object?> Metadata(Activity activity, bool includesTags)
    {
        var metadata = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["activity_source"] = activity.Source.Name,
            ["kind"] = activity.Kind.ToString(),
        };
        if (activity.ParentSpanId != default) metadata["parent_span_id"] = activity.ParentSpanId.ToHexString();
        if (!includesTags) return metadata;
        foreach (var (name, value) in activity.TagObjects)
        {
            if (!AddressTag.IsQuery(name)) metadata[name] = AddressTag.Clean(name, value);
        }

        return metadata;
    }
}
