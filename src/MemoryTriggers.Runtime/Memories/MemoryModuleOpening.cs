using MemoryTriggers.Files;
using MemoryTriggers.Problems;
using MemoryTriggers.Protection;
using MemoryTriggers.Ranking;
using MemoryTriggers.Recall;
using MemoryTriggers.Retention;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace MemoryTriggers.Memories;

/// <summary>A memory module over a store of its own.</summary>
internal static class MemoryModuleOpening
{
    public static async ValueTask<MemoryModule> OpenAsync(MemoryModuleOptions options, CancellationToken cancellationToken)
    {
        if (new MemoryModuleOptionsValidator().Validate(null, options) is { Failed: true } result)
            throw new OptionsValidationException(nameof(MemoryModuleOptions), typeof(MemoryModuleOptions), result.Failures);

        var (time, loggers) = (options.TimeProvider, options.Loggers ?? NullLoggerFactory.Instance);
        var folder = new DataDirectory(options.Directory, journals: "");
        var store = options.Backend ?? Create(folder, options.BackendType, loggers, time);
        try
        {
            store.GetService<IRankedStore>()?.RankBy(new MemoryRanking(options.Recall, time));
            var protecting = Protect(store, options.Protection, folder, loggers);
            var backend = protecting ?? new ProtectingBackend(store, new ValueProtection(null, null));
            await backend.InitializeAsync(cancellationToken).ConfigureAwait(false);

            // Of several processes over one folder one cleans up. A store elsewhere has no folder for its marks.
            var isInFolder = options.Backend is null && options.BackendType != "memory";
            var logger = loggers.CreateLogger<RetentionRun>();
            var problems = ProblemLog.At(isInFolder ? folder.Root : null, time, logger);
            var mark = new PassMark(isInFolder ? folder.CompressionMark : null, store.Name, problems, SystemDisk.Instance, time, logger);
            var archive = options.Retention.ArchiveDirectory is { } given ? DataDirectory.PathOf(folder.Root, given) : null;
            var retention = new RetentionRun(
                backend, options.Retention, archive, protecting, options.Protection.CompressAfter, mark,
                new EarlierVersions(backend).OfAsync, time, logger);
            var loop = new RetentionLoop(
                retention, isInFolder ? folder.RetentionLock : null, options.Retention, time, loggers.CreateLogger<RetentionLoop>())
            {
                Repair = new CycleRepair(
                    backend, new PassMark(isInFolder ? folder.CycleMark : null, store.Name, problems, SystemDisk.Instance, time, logger),
                    time).RunAsync,
            };
            return new MemoryModule(
                backend, new MemoryRecall(backend, options.Project, time), options.Project, time, new MemoryUpkeep(retention, protecting),
                Closing(backend, loop));
        }
        catch
        {
            await store.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static ProtectingBackend? Protect(
        IMemoryBackend store, ProtectionOptions options, DataDirectory folder, ILoggerFactory loggers) => options.IsOn
        ? new ProtectingBackend(
            store, new ValueProtection(EncryptionKeys.Load(
                options, folder.Root, loggers.CreateLogger<ProtectingBackend>()), options.CompressAbove, options.ValuesInLines))
        : null;

    private static IMemoryBackend Create(DataDirectory folder, string backendType, ILoggerFactory loggers, TimeProvider time) =>
        backendType switch
        {
            "sqlite" => new SqliteMemoryBackend(
                new SqliteBackendOptions { Path = Path.Combine(folder.Root, "memory.db") },
                loggers.CreateLogger<SqliteMemoryBackend>(), time),
            "json" => new JsonFileMemoryBackend(
                new JsonFileBackendOptions { Path = Path.Combine(folder.Root, "memory.json") },
                loggers.CreateLogger<JsonFileMemoryBackend>(), time),
            "memory" => new InMemoryMemoryBackend(time),
            _ => throw new ArgumentException(
                $"Unknown backend type: {backendType}. Known are sqlite, json and memory; set {nameof(MemoryModuleOptions.Backend)} to " +
                "use another store.", nameof(backendType)),
        };

    /// <summary>Starts the passes of retention, and returns what ends them and closes the store.</summary>
    private static Func<ValueTask> Closing(IMemoryBackend backend, RetentionLoop loop)
    {
        var stop = new CancellationTokenSource();
        Task running;
        // In a flow of its own: nothing of the caller's flow is kept alive.
        using (ExecutionContext.SuppressFlow()) running = Task.Run(() => loop.RunAsync(stop.Token), CancellationToken.None);
        var isClosed = 0;
        return async () =>
        {
            if (Interlocked.Exchange(ref isClosed, 1) != 0) return;
            await stop.CancelAsync().ConfigureAwait(false);
            try
            {
                await running.ConfigureAwait(false);
            }
            finally
            {
                await backend.DisposeAsync().ConfigureAwait(false);
                stop.Dispose();
            }
        };
    }
}
