using MemoryTriggers.Journal;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Hosting;

/// <summary>The journal of this process: open from the beginning, closed when nothing is appended or read any more.</summary>
internal sealed class JournalStage : IStage
{
    private readonly string _root;
    private readonly ILogger _logger;

    /// <param name="opening">Finds the journal.</param>
    /// <param name="root">The data folder, for the log.</param>
    /// <param name="logger">Where to log.</param>
    public JournalStage(JournalOpening opening, string root, ILogger logger)
    {
        (_root, _logger) = (root, logger);
        Journal = opening.Open(out var problem);
        Problem = problem;
    }

    public string Name => "journal";

    public CaptureJournal Journal { get; }

    /// <summary>Why nothing can be written, and the journal is in memory; <see langword="null"/> when it is on disk.</summary>
    public string? Problem { get; }

    /// <summary>Its folder; <see langword="null"/> when it is in memory.</summary>
    public string? Folder => Problem is null ? Journal.GetStatistics().Directory : null;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (Problem is { } problem) Log.InMemoryOnly(_logger, _root, problem);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken deadline)
    {
        Journal.Dispose();
        return Task.CompletedTask;
    }
}
