global using static Prelude;

internal static class Prelude
{
    public static WebApplication app => throw new NotSupportedException();

    public static WebApplicationBuilder builder => throw new NotSupportedException();

    public sealed class PagerChannel : IAlertChannel
    {
        public string Name => throw new NotSupportedException();

        public ValueTask SendAsync(MemoryAlert alert, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
