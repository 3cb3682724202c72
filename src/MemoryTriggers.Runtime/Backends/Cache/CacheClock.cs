using Microsoft.Extensions.Internal;

namespace MemoryTriggers.Backends.Cache;

/// <summary>The clock of the cache.</summary>
internal sealed class CacheClock(TimeProvider time) : ISystemClock
{
    public DateTimeOffset UtcNow => time.GetUtcNow();
}
