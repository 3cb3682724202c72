namespace MemoryTriggers.Conformance;

// What a store has besides.
public abstract partial class MemoryBackendConformance
{
    [Fact]
    public void GetService_OfItself_IsFound()
    {
        Assert.NotNull(Backend.GetService(typeof(IMemoryBackend)));
        Assert.IsType(Backend.GetType(), Backend.GetService(Backend.GetType()), exactMatch: false);
    }

    [Fact]
    public void GetService_OfNothing_IsNone()
    {
        Assert.Null(Backend.GetService(typeof(MemoryBackendConformance)));
        Assert.Null(Backend.GetService(typeof(IMemoryBackend), new object()));
    }

    [Fact]
    public void GetService_WithoutAType_IsRefused() => Assert.Throws<ArgumentNullException>(() => Backend.GetService(null!));
}
