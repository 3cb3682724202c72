using MemoryTriggers.Capture;

namespace MemoryTriggers;

/// <summary>One trigger for each type of scope; what differs between scopes is in their records.</summary>
internal static class ScopeDescriptors
{
    private static readonly TriggerDescriptor[] Descriptors =
        [.. Enum.GetValues<TriggerType>().Select(type => TriggerHub.Describe(new TriggerDefinition { Type = type, Operation = "scope" }))];

    public static TriggerDescriptor Of(TriggerType type) => Descriptors[(int)type];
}
