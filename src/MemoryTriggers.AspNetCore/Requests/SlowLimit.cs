namespace MemoryTriggers.Requests;

/// <summary>What an endpoint says of itself: from when on it is slow; <see langword="null"/> for never.</summary>
internal sealed record SlowLimit(TimeSpan? SlowerThan);
