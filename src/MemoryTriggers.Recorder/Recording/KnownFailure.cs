using MemoryTriggers.Reports;

namespace MemoryTriggers.Recording;

/// <summary>A failure without its secrets, and which error it is.</summary>
/// <param name="Failure">The failure.</param>
/// <param name="Error">Its fingerprint.</param>
/// <param name="Cases">How many of the kind there were: the cases of one test.</param>
internal sealed record KnownFailure(RunFailure Failure, ErrorFingerprint Error, int Cases);
