using MemoryTriggers.TestKit;

namespace MemoryTriggers.Tests.Backends;

public sealed class DeletionInLiteDbTests : DeletionConformance
{
    private readonly LiteDbFile _file = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _file.Dispose();
    }

    protected override async ValueTask<IMemoryBackend> OpenAsync() => await _file.OpenAsync();
}
