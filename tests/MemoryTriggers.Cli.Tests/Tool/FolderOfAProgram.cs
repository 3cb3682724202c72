using MemoryTriggers.Operations;
using MemoryTriggers.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Cli.Tool;

/// <summary>Leaves in a data folder what programs leave there when something is wrong.</summary>
internal static class FolderOfAProgram
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A program whose store is away: what it captures waits in its journal.</summary>
    public static async Task<MemoryTriggerService> StartWithoutStoreAsync(string folder, int records)
    {
        var service = await MemoryTriggerService.StartAsync(
            options =>
            {
                options.DataDirectory = folder;
                options.Project = "shop";
                options.Delivery.ShutdownTimeout = TimeSpan.FromMilliseconds(100);
            },
            new UnsteadyBackend("away") { IsAway = true },
            cancellationToken: Token);
        for (var number = 0; number < records; number++) TriggerScope.Workflow($"step {number}").Dispose();
        return service;
    }

    /// <summary>A program with a chain of two stores.</summary>
    public static Task<MemoryTriggerService> StartOnAChainAsync(string folder)
    {
        var options = new BackendChainOptions { StartAttempts = 1 };
        options.CircuitBreaker.FailureThreshold = 1;
        return MemoryTriggerService.StartAsync(
            settings => settings.DataDirectory = folder,
            new BackendChain([First, new UnsteadyBackend("second")], options, NullLogger.Instance, TimeProvider.System), cancellationToken: Token);
    }

    /// <summary>Its first store goes away, and its file says so.</summary>
    public static async Task OpenCircuitAsync(MemoryTriggerService program, string folder)
    {
        First.IsAway = true;
        await program.Memory.CreateAsync(new MemoryDraft { Key = "k", Content = "line" }, Token);
        while (ProcessStatusFile.Read(Path.Combine(folder, "journal", "0"))?["circuit_breakers"]?["first"]?["state"]?.GetValue<string>() != "open")
        {
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static UnsteadyBackend First { get; } = new("first");

    /// <summary>Dead letters, as a program leaves them whose store refuses its records.</summary>
    public static Task RefuseAsync(string folder, params string[] operations) => RefuseAsProjectAsync(folder, "shop", operations);

    /// <summary>The same of a program of another project.</summary>
    public static async Task RefuseAsProjectAsync(string folder, string? project, params string[] operations)
    {
        await using var service = await MemoryTriggerService.StartAsync(
            options => (options.DataDirectory, options.Project) = (folder, project), new UnsteadyBackend("picky") { Refuses = true }, cancellationToken: Token);
        foreach (var operation in operations) TriggerScope.Workflow(operation).Dispose();
        await service.FlushAsync(cancellationToken: Token);
    }
}
