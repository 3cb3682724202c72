namespace MemoryTriggers.Requests;

/// <summary>The limit from which an endpoint counts as slow; <see langword="null"/> for never.</summary>
internal sealed record SlowLimit(TimeSpan? SlowerThan);
