using MemoryTriggers.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Runtime.Tests.Backends;

public sealed class SqliteMemoryBackendTests : MemorySearchConformance
{
    private readonly TemporaryDirectory _directory = new();

    protected override IMemoryBackend Create() =>
        new SqliteMemoryBackend(new() { Path = _directory.File("memory.db") }, NullLogger.Instance, TimeProvider.System);

    public override async ValueTask DisposeAsync()
    {
        var problems = await ((SqliteMemoryBackend)Backend).CheckIntegrityAsync(Token);
        await base.DisposeAsync();
        _directory.Dispose();
        Assert.Empty(problems);
    }

    [Fact]
    public async Task Restart_EverythingStored_IsStillThere()
    {
        var entries = Any.Entries(30);
        await Backend.StoreAsync(entries, Token);
        await Backend.DisposeAsync();

        await InitializeAsync();

        Assert.Equal(30, await Backend.CountAsync(All, Token));
        AssertSame(entries[7], await Backend.GetAsync(entries[7].Id, Token));
        Assert.NotEmpty(await Backend.SearchAsync("number 7", All, Token));
    }
}
