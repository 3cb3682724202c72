namespace MemoryTriggers;

/// <summary>A backend that learns what other processes wrote into the same store. What was read before is outdated then.</summary>
public interface INotifyMemoryChanges
{
    /// <summary>
    /// Another process wrote. Raised on any thread, soon after that write is visible; also when the backend received no notifications for a
    /// while, and then everything may have changed. Handlers must not block, and must not throw.
    /// </summary>
    event EventHandler<MemoriesChangedEventArgs>? MemoriesChanged;
}
