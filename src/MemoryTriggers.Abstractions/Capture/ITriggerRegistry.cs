namespace MemoryTriggers.Capture;

/// <summary>A sink that knows the triggers whose records it takes, and decides which of them are on. Thread-safe.</summary>
internal interface ITriggerRegistry
{
    /// <summary>Makes a trigger known before its first record arrives.</summary>
    void Register(TriggerDescriptor descriptor);

    /// <summary>Whether a trigger is to capture anything. Asked after <see cref="Register"/>.</summary>
    bool Wants(TriggerDescriptor descriptor);
}
