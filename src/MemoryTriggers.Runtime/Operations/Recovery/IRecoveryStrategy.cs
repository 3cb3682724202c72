namespace MemoryTriggers.Operations;

/// <summary>One way to bring the store back. Whether it did is asked afterwards.</summary>
internal interface IRecoveryStrategy
{
    string Name { get; }

    /// <returns>Its result, in one line.</returns>
    /// <exception cref="Exception">It could not be tried, or found something wrong that it cannot mend.</exception>
    ValueTask<string> TryAsync(CancellationToken cancellationToken);
}
