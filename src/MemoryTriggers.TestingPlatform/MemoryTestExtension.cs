using Microsoft.Testing.Platform.Extensions;

namespace MemoryTriggers;

/// <summary>The metadata of the parts of the extension, shown by <c>--info</c>.</summary>
internal abstract class MemoryTestExtension : IExtension
{
    public string Uid => GetType().FullName!;

    public string Version { get; } = typeof(MemoryTestExtension).Assembly.GetName().Version!.ToString(3);

    public string DisplayName => "MemoryTriggers";

    public string Description => "Remembers failing tests, and what made them pass";

    public virtual Task<bool> IsEnabledAsync() => Task.FromResult(true);
}
