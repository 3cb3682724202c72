namespace MemoryTriggers.Hosting;

/// <summary>A part of the runtime that is started and stopped. A stage without work of a kind leaves that method out.</summary>
internal interface IStage
{
    /// <summary>Its name in the log.</summary>
    string Name { get; }

    /// <summary>Starts it. The stages before it run already.</summary>
    Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Waits until what it has taken before the call is with the stage before it.</summary>
    Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Stops it: nothing new comes, since the stages after it have stopped, and those before it still run.</summary>
    /// <param name="deadline">Cancelled when the time to finish the work is up. What holds resources is closed all the same.</param>
    Task StopAsync(CancellationToken deadline) => Task.CompletedTask;
}
