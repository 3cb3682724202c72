using System.Text.Json;
using MemoryTriggers.Files;
using MemoryTriggers.TestKit;
using MemoryTriggers.Tests.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Tests.Backends;

public sealed class LiteDbMemoryBackendTests : RankedSearchConformance
{
    private readonly LiteDbFile _file = new();
    private readonly FaultyFile _disk = new() { SkipsSyncs = true };

    protected override bool IsPersistent => true;

    protected override IMemoryBackend Create() => new LiteDbMemoryBackend(
        new() { Path = _file.Path, Disk = new SystemDisk(_disk), LockTimeout = TimeSpan.FromMilliseconds(50) },
        NullLogger.Instance,
        TimeProvider.System);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _file.Dispose();
    }

    [Fact]
    public async Task Store_ReturnsWhenItIsForcedToDisk()
    {
        var before = _disk.Syncs;

        await Backend.StoreAsync([Any.Entry()], Token);

        Assert.Equal(before + 1, _disk.Syncs);
    }

    [Fact]
    public async Task Store_SyncFails_IsAnOutageAndGoesOnLater()
    {
        await Backend.StoreAsync([Any.Entry("before")], Token);
        var entry = Any.Entry("during");
        _disk.FailNextSyncs(1);

        var failure = await Assert.ThrowsAsync<MemoryBackendException>(async () => await Backend.StoreAsync([entry], Token));
        await Backend.StoreAsync([entry], Token);

        Assert.True(failure.IsTransient);
        Assert.Equal(2, await Backend.CountAsync(All, Token));
    }

    [Fact]
    public async Task Store_DiskFull_IsAnOutageAndWhatWasThereStays()
    {
        await Backend.StoreAsync(Any.Entries(20), Token);
        _disk.DiskIsFull = true;

        var failure = await Assert.ThrowsAsync<MemoryBackendException>(async () => await Backend.StoreAsync(Any.Entries(3), Token));

        Assert.True(failure.IsTransient);
        _disk.DiskIsFull = false;
        Assert.Equal(20, await Backend.CountAsync(All, Token));
        await Backend.StoreAsync(Any.Entries(1), Token);
        Assert.Equal(21, await Backend.CountAsync(All, Token));
        Assert.Null(((LiteDbMemoryBackend)Backend).Recovery);

        // A transaction that LiteDB gave up would end the process here.
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    [Fact]
    public async Task Store_LargerThanADocumentMayBe_IsRefusedForGoodAndTheRestGoesOn()
    {
        var large = Any.Entry() with { Value = JsonSerializer.SerializeToElement(new string('y', 17_000_000)) };

        var refusal = await Assert.ThrowsAsync<MemoryBackendException>(async () => await Backend.StoreAsync([Any.Entry(), large], Token));

        Assert.False(refusal.IsTransient);
        Assert.Equal(0, await Backend.CountAsync(All, Token));
        await Backend.StoreAsync([Any.Entry()], Token);
        Assert.Equal(1, await Backend.CountAsync(All, Token));
    }

    [Fact]
    public async Task Store_KeyLongerThanAnIndexTakes_IsFoundByIt()
    {
        var key = new string('k', 5_000);
        var entry = Any.Entry() with { Key = key, Tags = [key], EntityId = key };

        await Backend.StoreAsync([entry], Token);

        Assert.Equal(1, await Backend.CountAsync(All with { Key = key }, Token));
        Assert.Equal(1, await Backend.CountAsync(All with { AllTags = [key] }, Token));
    }

    [Fact]
    public async Task Query_OtherCase_IsAnotherText()
    {
        await Backend.StoreAsync([Any.Entry() with { Project = "Shop", Key = "Key", Tags = ["Tag"] }], Token);

        Assert.Equal(0, await Backend.CountAsync(new() { Project = "shop" }, Token));
        Assert.Equal(0, await Backend.CountAsync(All with { Key = "key" }, Token));
        Assert.Equal(0, await Backend.CountAsync(All with { AnyTags = ["tag"] }, Token));
    }

    [Fact]
    public async Task Delete_LeavesNothingInTheFiles()
    {
        var secret = Any.Entry("SECRETLINE") with
        {
            Key = "SECRETKEY", Tags = ["SECRETTAG"], Value = JsonSerializer.SerializeToElement("SECRETVALUE" + new string('v', 50_000) + "SECRETEND"),
        };
        await Backend.StoreAsync([.. Any.Entries(50), secret, .. Any.Entries(50)], Token);
        Assert.True(_file.Contains("SECRETEND"));

        await Backend.DeleteAsync(secret.Id, Token);

        Assert.False(_file.Contains("SECRET"));
        Assert.Equal(100, await Backend.CountAsync(All, Token));
    }

    [Fact]
    public async Task DeleteMany_LeavesNothingInTheFiles()
    {
        await Backend.StoreAsync([.. Any.Entries(2_500).Select(static entry => entry with { Category = "gone", Tags = ["SECRETTAG"], Content = "SECRETLINE" }), .. Any.Entries(5)], Token);

        Assert.Equal(2_500, await Backend.DeleteManyAsync(All with { Category = "gone" }, Token));

        Assert.False(_file.Contains("SECRET"));
        Assert.Equal(5, await Backend.CountAsync(All, Token));
    }

    [Fact]
    public async Task Files_AreForTheirOwnerOnly()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no modes");
            return;
        }

        var path = Path.Combine(_file.Directory, "made", "memory.litedb");
        await using var backend = await _file.OpenAsync(options => options.Path = path);
        await backend.StoreAsync([Any.Entry()], Token);

        const UnixFileMode Others = (UnixFileMode)0b000_111_111;
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(Path.GetDirectoryName(path)!) & Others);
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(path) & Others);
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(path + "-journal") & Others);
    }

    [Fact]
    public async Task Initialize_AnotherHasItOpen_SaysSo()
    {
        var failure = await Assert.ThrowsAsync<MemoryBackendException>(() => _file.OpenAsync());

        Assert.True(failure.IsTransient);
        Assert.Contains("Another process has", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dispose_LeavesNoJournal()
    {
        await Backend.StoreAsync(Any.Entries(10), Token);

        await Backend.DisposeAsync();

        Assert.False(File.Exists(_file.Journal));
        await using var again = await _file.OpenAsync();
        Assert.Null(again.Recovery);
        Assert.Equal(10, await again.CountAsync(All, Token));
    }
}
