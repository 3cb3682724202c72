namespace MemoryTriggers.Policies;

/// <summary>Saves now and then what policies remember, beside delivery, and once more at the end.</summary>
internal sealed class PolicyStateLoop(PolicyStateFile? file, TimeSpan interval, TimeProvider time)
{
    /// <summary>Runs until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (file is null) return;
        using var timer = new PeriodicTimer(interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false)) file.Save();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The service stops; what is still decided is saved by End.
        }
    }

    /// <summary>Saves for the last time; nothing is decided any more.</summary>
    public void End() => file?.Save();
}
