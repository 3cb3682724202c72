using System.Reflection;
using MemoryTriggers.Backends;
using MemoryTriggers.Errors;
using MemoryTriggers.Problems;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Hosting;

/// <summary>Which layers are around a store, and in which order.</summary>
public sealed class StoreLayersTests
{
    [Fact]
    public async Task Around_WithEverythingOn_HasTheLayersInTheirOrder()
    {
        var options = new MemoryTriggersOptions { Layers = { (inner, _, _, _) => new Foreign(inner) } };
        options.Protection.CompressAbove = 1_024;
        options.Duplicates.Window = TimeSpan.FromMinutes(1);
        options.AutoRecall.Link = true;

        await using var outermost = Around(options);

        Assert.Equal(
            ["CachingBackend", "RedactingBackend", "ErrorLinkingBackend", "Foreign", "DeduplicatingBackend", "WriteNotingBackend", "ProtectingBackend",
                "Guard", "LazyOpenBackend", "InMemoryMemoryBackend"],
            Names(outermost));
    }

    [Fact]
    public async Task Around_WithNothingOn_HasOnlyWhatEveryStoreHas()
    {
        var options = new MemoryTriggersOptions();
        options.Duplicates.Window = TimeSpan.Zero;
        options.AutoRecall.Link = false;

        await using var outermost = Around(options);

        Assert.Equal(
            ["CachingBackend", "RedactingBackend", "WriteNotingBackend", "ProtectingBackend", "Guard", "LazyOpenBackend",
                "InMemoryMemoryBackend"],
            Names(outermost));
    }

    private static IMemoryBackend Around(MemoryTriggersOptions options)
    {
        var layers = new StoreLayers(
            options, data: null, stages: null, new ErrorIndex(options.AutoRecall), ProblemLog.At(null, TimeProvider.System),
            NullLoggerFactory.Instance, TimeProvider.System);
        return layers.Around(new LazyOpenBackend(new InMemoryMemoryBackend()), static inner => new Guard(inner));
    }

    private static IEnumerable<string> Names(IMemoryBackend outermost)
    {
        var inner = typeof(DelegatingMemoryBackend).GetProperty("Inner", BindingFlags.Instance | BindingFlags.NonPublic)!;
        for (var layer = outermost; layer is not null; layer = layer is DelegatingMemoryBackend ? (IMemoryBackend?)inner.GetValue(layer) : null)
            yield return layer.GetType().Name;
    }

    private sealed class Guard(IMemoryBackend inner) : DelegatingMemoryBackend(inner);

    private sealed class Foreign(IMemoryBackend inner) : DelegatingMemoryBackend(inner);
}
