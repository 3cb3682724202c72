namespace MemoryTriggers.Circuits;

/// <summary>
/// How much one process counted towards a rate limit in a piece of its window. Telling it again, or less of it, changes nothing.
/// </summary>
/// <param name="Limit">The limit, by the kind and name of its rule and its place there.</param>
/// <param name="Key">A hash of what is counted apart, so that nothing of a memory leaves the process.</param>
/// <param name="Bucket">When the piece begins, in ticks of UTC.</param>
/// <param name="Until">When all of it has left the window, in ticks of UTC.</param>
/// <param name="Count">How much, since the piece began.</param>
/// <param name="Sender">The process; empty for this one.</param>
internal sealed record SharedCount(string Limit, Guid Key, long Bucket, long Until, int Count, Guid Sender = default);
