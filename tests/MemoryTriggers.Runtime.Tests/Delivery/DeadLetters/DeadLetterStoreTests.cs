using MemoryTriggers.Delivery.DeadLetters;
using MemoryTriggers.Files;
using MemoryTriggers.TestKit;
using MemoryTriggers.Tests.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Tests.Delivery;

public sealed class DeadLetterStoreTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FaultyFile _file = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Add_Letter_IsForcedToDiskWithItsName()
    {
        Store().Add([1, 2, 3], "refused");

        Assert.Equal(1, _file.Syncs);
        Assert.Equal([_directory.Path, _directory.File("dead-letters")], _file.SyncedDirectories.Distinct());
        Assert.Equal("refused", Assert.Single(Store().List()).Reason);
    }

    [Fact]
    public void Add_DiskRefuses_IsNotTakenForKept()
    {
        _file.FailNextSyncs(1);

        Assert.Throws<IOException>(() => Store().Add([1, 2, 3], "refused"));
        Assert.Empty(Store().List());
    }

    private DeadLetterStore Store() =>
        new(_directory.File("dead-letters"), TimeProvider.System, NullLogger<DeadLetterStore>.Instance, new SystemDisk(_file));
}
