namespace MemoryTriggers;

/// <summary>Delivers alerts to operators. Called by one caller at a time.</summary>
public interface IAlertChannel
{
    /// <summary>A short name for logs.</summary>
    string Name { get; }

    /// <summary>Takes a notice: that an alert began, or that it is over.</summary>
    /// <exception cref="Exception">It could not be sent; it is tried twice more.</exception>
    ValueTask SendAsync(MemoryAlert alert, CancellationToken cancellationToken);
}
