using MemoryTriggers.TestKit;
using MemoryTriggers.TestKit.Disk;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Tests.Backends;

/// <summary>
/// The store on a disk in memory that ends in the middle of an operation. What it had not been told to force is there in part: some sectors of
/// 512 bytes, some names. Everything that the store confirmed must be there, and nothing that it confirmed as deleted.
/// </summary>
public sealed class LiteDbPowerLossTests : IDisposable
{
    private const int Lives = 4;
    private static readonly MemoryQuery All = new() { AllProjects = true, Limit = 1_000 };
    private readonly TemporaryDirectory _directory = new();
    private readonly HashSet<Guid> _stored = [];
    private readonly HashSet<Guid> _deleted = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task PowerLoss_InTheMiddleOfAnything_KeepsWhatWasConfirmed(int seed)
    {
        var random = new Random(seed);
        var disk = new SimulatedDisk(keepsMappedBlocks: true);
        for (var life = 0; life < Lives; life++)
        {
            disk.EndsAfter = random.Next(5, 300);
            await LiveAsync(disk, random);
            disk.End();
            disk = seed % 4 == 0 ? disk.AfterKill() : disk.AfterPowerLoss(random);
        }

        await using var backend = Open(disk, checks: true);
        await backend.InitializeAsync(Token);
        var found = (await backend.QueryAsync(All, Token)).Select(static entry => entry.Id).ToHashSet();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.Empty(_stored.Except(found));
        Assert.Empty(_deleted.Intersect(found));
        Assert.Equal(found.Count, await backend.CountAsync(All, Token));
    }

    private async Task LiveAsync(SimulatedDisk disk, Random random)
    {
        await using var backend = Open(disk, checks: false);
        try
        {
            await backend.InitializeAsync(Token);
        }
        catch (MemoryBackendException)
        {
            // It ended while it was opening.
            return;
        }

        while (!disk.HasEnded) await TryAsync(backend, random);
    }

    private async Task TryAsync(LiteDbMemoryBackend backend, Random random)
    {
        var batch = Any.Entries(random.Next(1, 6));
        var victim = random.Next(4) == 0 ? _stored.Order().FirstOrDefault() : default;
        if (victim != default) _stored.Remove(victim);
        try
        {
            if (victim != default)
            {
                await backend.DeleteAsync(victim, Token);
                _deleted.Add(victim);
            }

            await backend.StoreAsync(batch, Token);
            _stored.UnionWith(batch.Select(static entry => entry.Id));
        }
        catch (MemoryBackendException)
        {
            // Not confirmed: it may be there or not.
        }
    }

    private LiteDbMemoryBackend Open(SimulatedDisk disk, bool checks) => new(
        new() { Path = _directory.File("memory.litedb"), Disk = disk, CheckpointPages = 20, AlwaysCheckOnOpen = checks },
        NullLogger.Instance,
        TimeProvider.System);
}
