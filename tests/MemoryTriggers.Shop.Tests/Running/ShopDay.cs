using MemoryTriggers.Shop.Tests.Running;
using MemoryTriggers.Shop.Tests.Script;
using MemoryTriggers.TestKit;

[assembly: AssemblyFixture(typeof(ShopDay))]

namespace MemoryTriggers.Shop.Tests.Running;

/// <summary>The day of the script, lived through once for all tests: what is remembered of it, and where.</summary>
public sealed class ShopDay : IAsyncLifetime
{
    private readonly TemporaryDirectory _folder = new();
    private readonly ShopLog _log = new();
    private RunningShop? _shop;

    internal Day Script { get; private set; } = null!;

    internal Caller Caller { get; } = new();

    internal MemoryTriggerService Memory => _shop!.Memory;

    /// <summary>All memories of the day.</summary>
    internal IReadOnlyList<MemoryEntry> Memories { get; private set; } = [];

    internal IReadOnlyCollection<string> Log => _log.Lines;

    /// <summary>The data folder of MemoryTriggers.</summary>
    internal string Folder => _folder.File("memories");

    public async ValueTask InitializeAsync()
    {
        Script = new Day(Caller);
        await using (var shop = await StartAsync()) await Script.MorningAsync();

        _shop = await StartAsync();
        await Script.AfternoonAsync();
        await Memory.FlushAsync(cancellationToken: CancellationToken.None);
        Memories = await Memory.Recall.ListAsync(new() { Limit = MemoryQuery.MaxLimit }, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (_shop is not null) await _shop.DisposeAsync();
        Caller.Dispose();
        _folder.Dispose();
    }

    private async Task<RunningShop> StartAsync()
    {
        var shop = await RunningShop.StartAsync(Folder, _folder.File("shop.db"), _log);
        Caller.Shop = shop.Address;
        return shop;
    }
}
